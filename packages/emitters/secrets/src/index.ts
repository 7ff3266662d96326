import { defineEmitter } from '@kubepki/core';
import { z } from 'zod';
import { trustBundles } from './bundles.ts';
import { partSecrets } from './files.ts';
import { readSecrets } from './read.ts';
import { renderSecrets } from './render.ts';

/**
 * Writes credentials as Secret manifests: certificates as `kubernetes.io/tls`, key pairs as Opaque.
 * By itself it takes what belongs to no node and to no person; authorities' keys, key pairs and what
 * belongs to a node or a person only where `include` names it. Beside them, where asked for, ConfigMaps with the
 * certificates of those that are trusted.
 */
export const secrets = defineEmitter({
  name: 'secrets',
  options: z.strictObject({
    include: z
      .array(z.string().min(1))
      .default([])
      .describe('What else becomes a Secret, by name or id: `apiserver@cp-1`, `front-proxy-client`, `ca`, `sa`.'),
    bundles: z
      .array(z.string().min(1))
      .default([])
      .describe('The uses whose trusted authorities become ConfigMaps: `cluster/server`, `etcd/server`.'),
    namespace: z
      .string()
      .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'lower-case letters, digits and -, at most 63')
      .default('kube-system')
      .describe('The namespace of ConfigMaps, and of Secrets that have no other.'),
    stream: z
      .boolean()
      .default(false)
      .describe('All Secrets of a node, or of the cluster, in one file, and all ConfigMaps in another.'),
  }),
  emitter: (options) => ({
    *files(part, { plan }) {
      yield* partSecrets(part, { plan, options });
      if (part.node === undefined) yield* trustBundles(plan, options);
    },
    render: renderSecrets,
    read: readSecrets,
  }),
});
