export { contentsOf } from './contents.ts';
export { issuersAmong } from './issuer.ts';
export type { Contents } from './pem.ts';
export { type Found, formatPlace, type Place, type Reference } from './place.ts';
export { readContents } from './read.ts';
export { type Choice, type Source, sourcesOf } from './walk.ts';
