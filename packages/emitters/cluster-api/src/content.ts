import { z } from 'zod';

/** One Secret: its name, and what it has: PEM under keys by position in the file's holdings, or a kubeconfig. */
export const contentSchema = z.strictObject({
  name: z.string(),
  namespace: z.string(),
  cluster: z.string(),
  data: z.record(z.string(), z.array(z.int().nonnegative()).readonly()).optional(),
  kubeconfig: z.strictObject({ user: z.string(), server: z.string() }).optional(),
});
