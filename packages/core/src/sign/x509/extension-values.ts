import { contentOf, DerError, dotted, elementsIn, onlyElement, tags } from './der.ts';
import { extendedKeyUsageOids } from './oids.ts';

/** What basic constraints say; `saysDefault` where FALSE is written, which DER leaves out (X.690 11.5). */
export type Constraints = {
  readonly authority: boolean;
  readonly pathLength: number | undefined;
  readonly saysDefault: boolean;
};

const usageNames = [
  'digitalSignature',
  'contentCommitment',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
];

const purposes = new Map(Object.entries(extendedKeyUsageOids).map(([name, oid]) => [oid, name]));

/** Basic constraints (RFC 5280 4.2.1.9). @throws DerError */
export function readConstraints(value: Uint8Array | undefined): Constraints | undefined {
  if (value === undefined) return undefined;
  const parts = elementsIn(value, onlyElement(value, tags.sequence));
  const flag = parts[0]?.tag === tags.boolean ? parts.shift() : undefined;
  const length = parts[0]?.tag === tags.integer ? parts.shift() : undefined;
  if (parts.length > 0) throw new DerError('its basic constraints are not as they must be');
  const authority = flag !== undefined && value[flag.content] !== 0;
  return {
    authority,
    pathLength: length === undefined ? undefined : numberOf(contentOf(value, length)),
    saysDefault: flag !== undefined && !authority,
  };
}

/** The names of the bits of a key's usage that are set (RFC 5280 4.2.1.3). @throws DerError */
export function readKeyUsage(value: Uint8Array | undefined): readonly string[] | undefined {
  if (value === undefined) return undefined;
  const [, ...bytes] = contentOf(value, onlyElement(value, tags.bitString));
  return usageNames.filter((_, bit) => ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0);
}

/** The purposes of a certificate (RFC 5280 4.2.1.12), by name where a template has it. @throws DerError */
export function readUsages(value: Uint8Array | undefined): readonly string[] | undefined {
  if (value === undefined) return undefined;
  return elementsIn(value, onlyElement(value, tags.sequence)).map((element) => {
    if (element.tag !== tags.oid) throw new DerError('its extended key usage is not as it must be');
    const oid = dotted(contentOf(value, element));
    return purposes.get(oid) ?? oid;
  });
}

/** How a certificate identifies its issuer's key; `serial`: the issuer's, which stands beside the name of who issued it. */
export type AuthorityKeyId = { readonly keyId: Uint8Array | undefined; readonly serial: Uint8Array | undefined };

/** The two key identifiers (RFC 5280 4.2.1.1 and 4.2.1.2). @throws DerError */
export function readKeyIds(values: {
  readonly subject: Uint8Array | undefined;
  readonly authority: Uint8Array | undefined;
}) {
  const { subject, authority } = values;
  return {
    subjectKeyId: subject === undefined ? undefined : contentOf(subject, onlyElement(subject, tags.octetString)),
    authorityKeyId: authority === undefined ? undefined : authorityKeyIdIn(authority),
  };
}

function authorityKeyIdIn(value: Uint8Array): AuthorityKeyId {
  const parts = elementsIn(value, onlyElement(value, tags.sequence));
  const [keyId, name, serial] = [0x80, 0xa1, 0x82].map((tag) => (parts[0]?.tag === tag ? parts.shift() : undefined));
  if (parts.length > 0 || (name === undefined) !== (serial === undefined))
    throw new DerError("the identifier of its issuer's key is not as it must be");
  return {
    keyId: keyId === undefined ? undefined : contentOf(value, keyId),
    serial: serial === undefined ? undefined : contentOf(value, serial),
  };
}

/** An INTEGER's content; what is too large for JavaScript as the largest, or as the smallest. @throws DerError */
export function numberOf(bytes: Uint8Array): number {
  const [first] = bytes;
  if (first === undefined) throw new DerError('a number has no bytes');
  if (bytes.length > 6) return first < 0x80 ? Number.MAX_SAFE_INTEGER : Number.MIN_SAFE_INTEGER;
  return Buffer.from(bytes).readIntBE(0, bytes.length);
}
