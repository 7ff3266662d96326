import { type Certificate, signatureIsBy } from '@kubepki/core';

/** So many are tried as the one who signed another; names can be alike, and verifying takes long. */
const most = 64;

/**
 * Finds among certificates the one that issued another, by names or key identifiers and then by the signature:
 * `self`, the issuer, or undefined where that is not among them. Of several that can have signed it, as an authority
 * before and after its renewal, it is the one that outlives it.
 */
export function issuersAmong(
  certificates: readonly Certificate[],
): (certificate: Certificate) => Certificate | 'self' | undefined {
  const bySubject = grouped(certificates, ({ subject }) => hex(subject));
  const byKey = grouped(certificates, ({ subjectKeyId }) => hex(subjectKeyId));
  return (certificate) => {
    const id = hex(certificate.authorityKeyId);
    const keyed = id === '' ? [] : (byKey.get(id) ?? []);
    return issuerOf(certificate, [...(bySubject.get(hex(certificate.issuer)) ?? []), ...keyed]);
  };
}

function issuerOf(certificate: Certificate, candidates: readonly Certificate[]): Certificate | 'self' | undefined {
  const { fingerprint } = certificate;
  if (signatureIsBy(certificate, certificate.publicKey)) return 'self';
  const others = [...new Set(candidates)].filter((candidate) => candidate.fingerprint !== fingerprint).slice(0, most);
  const signers = others.filter((candidate) => signatureIsBy(certificate, candidate.publicKey));
  const byEnd = signers.sort((a, b) => b.notAfter.getTime() - a.notAfter.getTime());
  return byEnd.find((issuer) => isWithin(certificate, issuer)) ?? byEnd[0];
}

function isWithin(certificate: Certificate, issuer: Certificate): boolean {
  return certificate.notBefore >= issuer.notBefore && certificate.notAfter <= issuer.notAfter;
}

function grouped(
  certificates: readonly Certificate[],
  keyOf: (certificate: Certificate) => string,
): ReadonlyMap<string, readonly Certificate[]> {
  const groups = new Map<string, Certificate[]>();
  for (const certificate of certificates) {
    const key = keyOf(certificate);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [certificate]);
    else group.push(certificate);
  }
  return groups;
}

function hex(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? '' : Buffer.from(bytes).toString('hex');
}
