import type { Credential } from '../credential.ts';
import { publicPem } from '../keys/pem.ts';
import { spkiOfKey } from '../keys/spki.ts';
import { certificatePem } from '../sign/x509/pem.ts';
import type { Entry, Holding } from './file.ts';
import { sha256 } from './tree/read.ts';

/** What the manifest says of a part of a credential. For a key that is not at hand, the certificate tells which it is. */
export function holdingEntry({ spec, certificate, key }: Credential, { id, part }: Holding): Entry['holds'][number] {
  if (part === 'certificate' && certificate !== undefined) {
    const { fingerprint, serial, notAfter } = certificate;
    return { id, part, fingerprint, serial, notAfter: notAfter.toISOString() };
  }
  const spki = key === undefined ? certificate?.publicKey : spkiOfKey(key);
  if (spki === undefined || part === 'certificate') throw new Error(`${spec.id} has no ${part}`);
  return { id, part, fingerprint: sha256(spki) };
}

/** Whether a part of a credential can be written. An authority's key may be elsewhere. */
export function atHand({ key }: Credential, part: Holding['part']): boolean {
  return part !== 'key' || key?.secret !== undefined;
}

/** The PEM of a part of a credential: a leaf with the authorities above it, an authority alone, a private key, a public key. */
export function pemOf({ spec, certificate, chain = [], key }: Credential, part: Holding['part']): string {
  if (part === 'certificate') {
    const above = spec.kind === 'leaf' ? chain : [];
    return [certificate, ...above].map((one) => (one ? certificatePem(one.der) : '')).join('');
  }
  if (key === undefined) return '';
  return part === 'key' ? (key.secret?.reveal() ?? '') : publicPem(key.publicKey);
}
