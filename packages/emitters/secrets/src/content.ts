import { z } from 'zod';

const positions = z.array(z.int().nonnegative()).readonly();

/** One Secret: its name, its type, and under which keys it has what its file holds, by position. */
export const secretSchema = z.strictObject({
  name: z.string(),
  namespace: z.string(),
  type: z.enum(['kubernetes.io/tls', 'Opaque']),
  /** From a key of the Secret to the positions in the file's holdings, whose PEM is joined. */
  data: z.record(z.string(), positions),
});
export type Secret = z.infer<typeof secretSchema>;

/** One ConfigMap: its name, and the positions of its certificates in the file's holdings. */
export const bundleSchema = z.strictObject({ name: z.string(), namespace: z.string(), certificates: positions });
export type Bundle = z.infer<typeof bundleSchema>;

/** A file of Secrets, or one of trust bundles. */
export const contentSchema = z.union([
  z.array(secretSchema).readonly(),
  z.strictObject({ bundles: z.array(bundleSchema).readonly() }),
]);
