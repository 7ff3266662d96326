import { z } from 'zod';

/** What a file of this emitter says beside what it holds. `token` tells one token from another, and is none. */
export const contentSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('kubeconfig'), cluster: z.string(), server: z.string(), token: z.string() }),
  z.strictObject({ kind: z.literal('cluster-info'), server: z.string() }),
  z.strictObject({
    kind: z.literal('secret'),
    token: z.string(),
    groups: z.array(z.string()).readonly(),
    expires: z.string().nullable(),
  }),
]);
export type Content = z.infer<typeof contentSchema>;
