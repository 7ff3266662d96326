import { authoritySchema, elsewhereSchema, keyPairSchema, leafSchema } from './spec.ts';

/** The fields of each kind of spec. */
export const specFields = {
  authority: authoritySchema.shape,
  keypair: keyPairSchema.shape,
  leaf: leafSchema.shape,
  elsewhere: elsewhereSchema.shape,
};
