export type * from './certificate.ts';
export { type Comparison, compare, type Difference, differences, type Field } from './compare.ts';
export { discoveryHash } from './discovery.ts';
export { instants, type Span } from './instants.ts';
export {
  type Issued,
  type IssueRequest,
  type Issuer,
  issuedBy,
  type LocalAuthority,
  localIssuer,
  sameKey,
  selfSigned,
} from './issuer.ts';
export type { SignContext } from './issuers.ts';
export * from './lint/index.ts';
export { makeSerial, type Random } from './serial.ts';
export { sign } from './sign.ts';
export { softwareSigner } from './signer.ts';
export { template } from './template.ts';
export { signatureIsBy } from './verify.ts';
export { type Details, describe, maySign } from './x509/details.ts';
export { parseCertificate } from './x509/parse.ts';
export { certificateBlocks, certificatePem, parseCertificates } from './x509/pem.ts';
