export * from './algorithm.ts';
export type * from './key.ts';
export { type Keyed, keys } from './keys.ts';
export { keyFromPrivatePem, privatePem, publicPem } from './pem.ts';
export { keyFromPublicPem } from './public-pem.ts';
export * from './secret.ts';
export { softwareKeys } from './software.ts';
export { algorithmOf, spkiOf } from './spki.ts';
export { tokenKeyId } from './token-key-id.ts';
