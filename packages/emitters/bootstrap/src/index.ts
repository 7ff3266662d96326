import { defineEmitter } from '@kubepki/core';
import { z } from 'zod';
import { clusterFiles, nodeFiles } from './files.ts';
import { readBootstrap } from './read.ts';
import { renderBootstrap } from './render.ts';
import { tokenReader } from './token.ts';

/**
 * Writes what a machine joins with by TLS bootstrapping: a kubeconfig with a bootstrap token, the token's Secret, and
 * the ConfigMap `cluster-info` with who may read it. The token comes from the emitter's host; without one it names no
 * files, by an error.
 */
export const bootstrap = defineEmitter({
  name: 'bootstrap',
  options: z.strictObject({
    tokenFile: z
      .string()
      .min(1)
      .default('bootstrap-token')
      .describe('The file with the token, as `kubeadm token generate` prints it.'),
    nodes: z
      .array(z.string().min(1))
      .default([])
      .describe('Nodes that have `/etc/kubernetes/bootstrap-kubelet.conf` among their files.'),
    expires: z.iso
      .datetime({ offset: true, precision: 0 })
      .optional()
      .describe('When the token ends, as `2027-01-31T12:00:00Z`; by default never.'),
    groups: z
      .array(z.string().regex(/^system:bootstrappers:[a-z0-9:-]{0,255}[a-z0-9]$/, 'not system:bootstrappers:NAME'))
      .min(1)
      .default(['system:bootstrappers:kubeadm:default-node-token'])
      .describe('The groups of who comes with the token; `system:bootstrappers` is one anyway.'),
  }),
  emitter: ({ tokenFile, ...options }, host) => {
    const token = tokenReader(tokenFile, host);
    return {
      *files(part, { plan, layout }) {
        const context = { plan, layout, options, token };
        if (part.node === undefined) yield* clusterFiles(context);
        else yield* nodeFiles(part, context);
      },
      render: (file, get) => renderBootstrap(file, { get, token }),
      read: readBootstrap,
    };
  },
});
