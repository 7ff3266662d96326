import { defineEmitter } from '@kubepki/core';
import { z } from 'zod';
import { bundleFile } from './file.ts';
import { readBundle } from './read.ts';
import { renderBundle } from './render.ts';
import { tokensReader } from './tokens.ts';

/**
 * Writes the secrets bundle from which Talos makes the configurations of a cluster's machines (siderolabs/talos
 * pkg/machinery/config/generate/secrets). What in it is no certificate and no key is read from a file, which the
 * emitter's host lends; without one it names no files, by an error.
 */
export const talos = defineEmitter({
  name: 'talos',
  options: z.strictObject({
    tokensFile: z
      .string()
      .min(1)
      .default('talos-tokens.yaml')
      .describe(
        'The file with the identity and the tokens of the cluster: a secrets bundle, whose `certs` are passed over.',
      ),
    path: z.string().min(1).default('talos/secrets.yaml').describe('Where the bundle lies in the tree.'),
  }),
  emitter: ({ tokensFile, path }, host) => {
    const tokens = tokensReader(tokensFile, host);
    return {
      *files(part, { plan }) {
        if (part.node === undefined) yield bundleFile(plan, { path, tokensId: tokens().id });
      },
      render: (file, get) => renderBundle(file, { get, tokens: tokens() }),
      read: readBundle,
    };
  },
});
