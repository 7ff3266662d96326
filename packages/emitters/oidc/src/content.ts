import { z } from 'zod';

/** What a discovery document says beyond what all of them say. */
export const configurationSchema = z.strictObject({
  issuer: z.string(),
  jwksUri: z.string(),
  algorithms: z.array(z.string()).readonly(),
});
export const contentSchema = z.union([z.strictObject({ configuration: configurationSchema }), z.literal('keys')]);
