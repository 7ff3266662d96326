import type { Algorithm } from '../../keys/algorithm.ts';

/** How a kind of key signs: its name, the digest for node:crypto, and the DER of the AlgorithmIdentifier. */
export type SignatureAlgorithm = {
  readonly name: string;
  readonly digest: 'sha256' | 'sha384' | 'sha512' | undefined;
  readonly oid: string;
  /** With parameters NULL for RSA (RFC 4055 5), and none for ECDSA (RFC 5758 3.2) and Ed25519 (RFC 8410 3). */
  readonly der: Uint8Array;
};

const ecdsaSha256 = algorithm('ecdsa-with-SHA256', 'sha256', '1.2.840.10045.4.3.2', '300a06082a8648ce3d040302');
const ecdsaSha384 = algorithm('ecdsa-with-SHA384', 'sha384', '1.2.840.10045.4.3.3', '300a06082a8648ce3d040303');
const ecdsaSha512 = algorithm('ecdsa-with-SHA512', 'sha512', '1.2.840.10045.4.3.4', '300a06082a8648ce3d040304');
const rsaSha256 = algorithm('sha256WithRSA', 'sha256', '1.2.840.113549.1.1.11', '300d06092a864886f70d01010b0500');
const rsaSha384 = algorithm('sha384WithRSA', 'sha384', '1.2.840.113549.1.1.12', '300d06092a864886f70d01010c0500');
const rsaSha512 = algorithm('sha512WithRSA', 'sha512', '1.2.840.113549.1.1.13', '300d06092a864886f70d01010d0500');
const ed25519 = algorithm('ed25519', undefined, '1.3.101.112', '300506032b6570');

/** What kubepki reads: its own and, by others, the stronger digests. SHA-1 is not among them. */
export const signatureAlgorithms: readonly SignatureAlgorithm[] = [
  ecdsaSha256,
  ecdsaSha384,
  ecdsaSha512,
  rsaSha256,
  rsaSha384,
  rsaSha512,
  ed25519,
];

/** What a signer's kind of key signs with: the digest follows from the signer's key, not from the signed one. */
export function signatureAlgorithmOf(signer: Algorithm): SignatureAlgorithm {
  switch (signer) {
    case 'ecdsa-p256':
      return ecdsaSha256;
    case 'ecdsa-p384':
      return ecdsaSha384;
    case 'ed25519':
      return ed25519;
    case 'rsa-2048':
    case 'rsa-3072':
    case 'rsa-4096':
      return rsaSha256;
  }
}

function algorithm(name: string, digest: SignatureAlgorithm['digest'], oid: string, der: string): SignatureAlgorithm {
  return { name, digest, oid, der: new Uint8Array(Buffer.from(der, 'hex')) };
}
