import type { KeyUsage, Template, Values } from '../certificate.ts';
import { signatureAlgorithmOf } from '../x509/algorithm.ts';
import { encodeElement, tags } from '../x509/der.ts';
import { oids } from '../x509/oids.ts';

/** What certificates of one issuer and one profile have in common, in DER, cut at the fields that they have not. */
export type Skeleton = {
  /** DER of the signature's AlgorithmIdentifier. */
  readonly algorithm: Uint8Array;
  /** The extensions in their order (x509/extensions.ts). */
  readonly extensions: readonly Piece[];
};

/** An extension as it stands, or one up to its value. */
export type Piece =
  | { readonly kind: 'same'; readonly bytes: Uint8Array }
  | { readonly kind: 'subjectAltName' | 'subjectKeyId'; readonly head: Uint8Array };

/** What decides all the bytes of a certificate but those of its fields, beside the issuer. */
export function kindOf(
  { subject, authority, pathLength, keyUsage, extendedKeyUsage, sans, subjectKeyId }: Template,
  { signer }: Values,
): string {
  const has = `${subject.length > 0} ${sans.dns.length + sans.ips.length > 0} ${subjectKeyId}`;
  return `${signer} ${authority} ${pathLength} ${keyUsage.join()} ${extendedKeyUsage.join()} ${has}`;
}

/** Writes what is the same in all of a kind. */
export function skeletonOf(template: Template, { signer, issuer }: Values): Skeleton {
  const { subject, keyUsage, extendedKeyUsage, sans, subjectKeyId } = template;
  const extensions = [same('keyUsage', { critical: true, value: keyUsageOf(keyUsage) })];
  if (extendedKeyUsage.length > 0) {
    const purposes = extendedKeyUsage.map((usage) => encodeElement(tags.oid, purpose[usage]));
    extensions.push(same('extendedKeyUsage', { value: encodeElement(tags.sequence, ...purposes) }));
  }
  extensions.push(same('basicConstraints', { critical: true, value: constraintsOf(template) }));
  if (subjectKeyId) extensions.push({ kind: 'subjectKeyId', head: headOf('subjectKeyId', false) });
  if (issuer?.keyId !== undefined) {
    const value = encodeElement(tags.sequence, encodeElement(keyIdTag, issuer.keyId));
    extensions.push(same('authorityKeyId', { value }));
  }
  if (sans.dns.length + sans.ips.length > 0) {
    extensions.push({ kind: 'subjectAltName', head: headOf('subjectAltName', subject.length === 0) });
  }
  return { algorithm: signatureAlgorithmOf(signer).der, extensions };
}

const keyIdTag = 0x80;
const bits = { digitalSignature: 0, keyEncipherment: 2, keyCertSign: 5, cRLSign: 6 } satisfies Record<KeyUsage, number>;
const purpose = {
  serverAuth: hex('2b06010505070301'),
  clientAuth: hex('2b06010505070302'),
} satisfies Record<Template['extendedKeyUsage'][number], Uint8Array>;
const yes = encodeElement(tags.boolean, Uint8Array.of(0xff));

function same(
  name: keyof typeof oids,
  { critical = false, value }: { readonly critical?: boolean; readonly value: Uint8Array },
): Piece {
  const octets = encodeElement(tags.octetString, value);
  return { kind: 'same', bytes: encodeElement(tags.sequence, headOf(name, critical), octets) };
}

/** What stands before the value of an extension. */
function headOf(name: keyof typeof oids, critical: boolean): Uint8Array {
  const oid = encodeElement(tags.oid, hex(oids[name]));
  return critical ? Uint8Array.from([...oid, ...yes]) : oid;
}

/** A named BIT STRING ends at its last bit that is set (X.690 11.2.2). */
function keyUsageOf(usages: readonly KeyUsage[]): Uint8Array {
  const set = usages.map((usage) => bits[usage]);
  const byte = set.reduce((sum, bit) => sum | (0x80 >> bit), 0);
  return encodeElement(tags.bitString, Uint8Array.of(7 - Math.max(...set), byte));
}

/** FALSE is the default and not written (X.690 11.5). */
function constraintsOf({ authority, pathLength }: Template): Uint8Array {
  const length = pathLength === undefined ? [] : [encodeElement(tags.integer, Uint8Array.of(pathLength))];
  return encodeElement(tags.sequence, ...(authority ? [yes] : []), ...length);
}

function hex(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'hex'));
}
