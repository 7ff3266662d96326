import { type ContentFile, defineEmitter, type LeafSpec, type Part } from '@kubepki/core';
import { z } from 'zod';
import { kubeconfigFile } from './file.ts';
import { readKubeconfig } from './read.ts';
import { renderKubeconfig } from './render.ts';

/** Writes a kubeconfig for each leaf that wants one, with its credentials inside or by path. */
export const kubeconfig = defineEmitter({
  name: 'kubeconfig',
  options: z.strictObject({}),
  emitter: () => ({
    *files(part: Part, context): Generator<ContentFile> {
      for (const spec of part.specs) if (wanted(spec)) yield* kubeconfigFile(spec, context);
    },
    render: renderKubeconfig,
    read: readKubeconfig,
  }),
});

function wanted(spec: Part['specs'][number]): spec is LeafSpec {
  return spec.kind === 'leaf' && spec.kubeconfig !== undefined;
}
