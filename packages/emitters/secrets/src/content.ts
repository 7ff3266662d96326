import { z } from 'zod';

/** One Secret: its name, its type, and under which keys it has what its file holds, by position. */
export const secretSchema = z.strictObject({
  name: z.string(),
  namespace: z.string(),
  type: z.enum(['kubernetes.io/tls', 'Opaque']),
  /** From a key of the Secret to the positions in the file's holdings, whose PEM is joined. */
  data: z.record(z.string(), z.array(z.int().nonnegative()).readonly()),
});
export type Secret = z.infer<typeof secretSchema>;
export const contentSchema = z.array(secretSchema).readonly();
