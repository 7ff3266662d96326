import { defineEmitter } from '@kubepki/core';
import { z } from 'zod';
import { clusterSecrets } from './files.ts';
import { readClusterSecret } from './read.ts';
import { renderClusterSecret } from './render.ts';

/**
 * Writes the Secrets of a management cluster from which Cluster API takes a cluster's authorities, instead of making
 * them itself (kubernetes-sigs/cluster-api util/secret), and the kubeconfig by which it reaches the cluster.
 */
export const clusterApi = defineEmitter({
  name: 'cluster-api',
  options: z.strictObject({
    namespace: z
      .string()
      .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'lower-case letters, digits and -, at most 63')
      .default('default')
      .describe('The namespace of the Cluster in the management cluster.'),
    kubeconfig: z
      .string()
      .min(1)
      .default('admin')
      .describe('Whose kubeconfig Cluster API uses, by name or id: `admin`, `super-admin`.'),
  }),
  emitter: (options) => ({
    *files(part, { plan }) {
      yield* clusterSecrets(part, { plan, options });
    },
    render: renderClusterSecret,
    read: readClusterSecret,
  }),
});
