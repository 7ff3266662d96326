import type { Certificate } from './certificate.ts';
import type { Facts } from './lint/facts.ts';
import { onlyElement, tags } from './x509/der.ts';
import { certificateWith, largest } from './x509/parse.ts';

/**
 * The certificate that was assembled around bytes which lint has read, as `parseCertificate` gives it. Undefined where
 * that might refuse it: one that is too large, or that only a template which waives the rule for it allows.
 */
export function madeAround(
  { tbs, facts }: { readonly tbs: Uint8Array; readonly facts: Facts | undefined },
  der: Uint8Array,
): Certificate | undefined {
  if (facts === undefined || der.length > largest || !isUsual(facts)) return undefined;
  const { content: start } = onlyElement(der, tags.sequence);
  // What alike certificates share lies elsewhere, and is the same.
  const inDer = (bytes: Uint8Array) => {
    if (bytes.buffer !== tbs.buffer) return bytes;
    const at = start + bytes.byteOffset - tbs.byteOffset;
    return der.subarray(at, at + bytes.length);
  };
  const { serial, subject, issuer, notBefore, notAfter, publicKey } = facts.tbs;
  const authorityKeyId = facts.authorityKeyId?.keyId;
  return certificateWith(der, {
    serial,
    notBefore,
    notAfter,
    subject: inDer(subject),
    issuer: inDer(issuer),
    publicKey: inDer(publicKey),
    subjectKeyId: facts.subjectKeyId && inDer(facts.subjectKeyId),
    authorityKeyId: authorityKeyId && inDer(authorityKeyId),
  });
}

/** Each extension once, and a serial number that is positive. */
function isUsual({ list, by, tbs: { serial } }: Facts): boolean {
  return list.length === Object.keys(by).length && (serial[0] ?? 0xff) < 0x80;
}
