import { authoritySchema, elsewhereSchema, keyPairSchema, leafSchema } from '@kubepki/core';
import { z } from 'zod';

/** A spec as a component yields it: what the plan fills in may be left out, but not be undefined. */
export const specInputSchema = z.discriminatedUnion('kind', [
  open(authoritySchema, ['kind', 'name', 'commonName', 'serves']),
  open(keyPairSchema, ['kind', 'name', 'serves']),
  open(leafSchema, ['kind', 'name', 'commonName', 'issuer']),
  open(elsewhereSchema, ['kind', 'name', 'accepts', 'addresses']),
]);

type Shape = z.core.$ZodLooseShape & { readonly kind: z.ZodLiteral<string> };

/** A spec's schema without what core adds, and with all but these fields optional. */
function open(schema: z.ZodObject<Shape>, required: readonly string[]) {
  const fields = Object.entries(schema.shape).filter(([name]) => name !== 'id' && name !== 'component');
  const { kind } = schema.shape;
  const opened = fields.map(([name, field]) => {
    const inner = field instanceof z.ZodOptional ? field.unwrap() : field;
    return [name, required.includes(name) ? inner : z.exactOptional(inner)] as const;
  });
  return z.strictObject({ ...Object.fromEntries(opened), kind });
}
