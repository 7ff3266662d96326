import { defineEmitter } from '@kubepki/core';
import { z } from 'zod';
import { leafFiles } from './leaf.ts';
import { sourceFiles } from './source.ts';
import { splitPem } from './split.ts';

/** Writes authorities, key pairs and leaves as PEM files, each where the layout says. */
export const filesystem = defineEmitter({
  name: 'filesystem',
  options: z.strictObject({}),
  emitter: () => ({
    *files(part, context) {
      for (const spec of part.specs) {
        if (spec.kind === 'authority' || spec.kind === 'keypair') yield* sourceFiles(spec, context);
        else if (spec.kind === 'leaf') yield* leafFiles(spec, context);
      }
    },
    render: (file, get) => file.holds.map(get).join(''),
    read: splitPem,
  }),
});
