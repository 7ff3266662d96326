import { z } from 'zod';

/** An address as OpenID Connect Discovery 1.0 §3 wants an issuer: https, without query and fragment. */
const address = z
  .url({ protocol: /^https$/, error: 'an https:// address' })
  .refine((text) => !/[?#]/.test(text), 'an address without ? and #')
  .refine((text) => !text.includes('@'), 'an address without a user');

export const optionsSchema = z.strictObject({
  issuer: address
    .optional()
    .describe(
      "What tokens name as `iss`: the API server's `--service-account-issuer`, under which the files are served.",
    ),
  jwksUri: address.optional().describe('Where `keys.json` is served, if not under the issuer.'),
});
export type Options = z.output<typeof optionsSchema>;
