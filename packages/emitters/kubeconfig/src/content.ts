import { z } from 'zod';

/** What a kubeconfig says beside what it holds. Paths stand in place of credentials that lie on the node. */
export const contentSchema = z.strictObject({
  cluster: z.string(),
  user: z.string(),
  server: z.string(),
  paths: z.strictObject({ certificate: z.string(), key: z.string() }).nullable(),
});
export type Content = z.infer<typeof contentSchema>;
