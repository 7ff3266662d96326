import { z } from 'zod';
import { clusterSchema } from '../cluster/cluster.ts';
import { specSchema } from './spec.ts';

/** `strict`: what the RFCs call right. `kubeadm`: what kubeadm of the cluster's version writes. */
export const profileSchema = z.enum(['strict', 'kubeadm']);
/** Whose rules certificates follow. */
export type Profile = z.infer<typeof profileSchema>;

/** For each use: the authority (or key pair) that signs, and those that are trusted. */
export const usesSchema = z.record(
  z.string(),
  z.strictObject({ signs: z.string(), trusts: z.array(z.string()).readonly() }),
);
/** A table of uses: by the name of a use, who signs under it and who is trusted. */
export type Uses = z.infer<typeof usesSchema>;

/**
 * Everything that a cluster is to have, as plain JSON: no secret, no clock reading, no path, no function.
 * The specs are in order: authorities, key pairs, what belongs to the cluster, then node by node.
 */
export const planSchema = z.strictObject({
  version: z.literal(1),
  profile: profileSchema,
  cluster: clusterSchema,
  /** How many seconds before its making a certificate's life begins. */
  backdate: z.int().nonnegative(),
  uses: usesSchema,
  specs: z.array(specSchema).readonly(),
});
/** All that a cluster is to have. It can be printed, stored, compared and reviewed. */
export type Plan = z.infer<typeof planSchema>;
