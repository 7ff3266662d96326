import { z } from 'zod';

/** Which key encrypts the Secret, and under which names it has what its file holds, by position. */
export const contentSchema = z.strictObject({
  keyId: z.string(),
  data: z.record(z.string(), z.array(z.int().nonnegative()).readonly()),
});
