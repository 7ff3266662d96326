import { bitsOf, contentOf, DerError, type Element, elementsIn, onlyElement, tags, whole } from './der.ts';
import { readTime } from './time.ts';

/** An extension; `oid` is the content of its identifier in hexadecimal. */
export type Extension = { readonly oid: string; readonly critical: boolean; readonly value: Uint8Array };

/** A certificate in its parts (RFC 5280 4.1); all bytes are views of the certificate's. */
export type Structure = {
  readonly tbs: Uint8Array;
  /** The content of the INTEGER. */
  readonly serial: Uint8Array;
  /** DER of the AlgorithmIdentifier, equal inside and outside of what is signed. */
  readonly algorithm: Uint8Array;
  readonly issuer: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly subject: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly extensions: readonly Extension[];
  readonly signature: Uint8Array;
};

const versionTag = 0xa0;
const extensionsTag = 0xa3;

/** Takes a certificate apart. Its outer structure must be DER; what stands inside of extensions is not looked at. @throws DerError */
export function takeApart(der: Uint8Array): Structure {
  const [tbs, outerAlgorithm, signature, ...rest] = elementsIn(der, onlyElement(der, tags.sequence));
  if (!tbs || !outerAlgorithm || !signature || rest.length > 0) throw new DerError('it is no certificate');
  const fields = elementsIn(der, need(tbs, tags.sequence));
  if (fields[0]?.tag === versionTag) fields.shift();
  const [serial, algorithm, issuer, validity, subject, publicKey, ...optional] = fields;
  const [notBefore, notAfter] = elementsIn(der, need(validity, tags.sequence));
  if (!notBefore || !notAfter) throw new DerError('it has no validity');
  if (!Buffer.from(whole(der, need(algorithm, tags.sequence))).equals(whole(der, outerAlgorithm))) {
    throw new DerError('its two signature algorithms differ');
  }
  return {
    tbs: whole(der, tbs),
    serial: contentOf(der, need(serial, tags.integer)),
    algorithm: whole(der, outerAlgorithm),
    issuer: whole(der, need(issuer, tags.sequence)),
    notBefore: readTime(der, notBefore),
    notAfter: readTime(der, notAfter),
    subject: whole(der, need(subject, tags.sequence)),
    publicKey: whole(der, need(publicKey, tags.sequence)),
    extensions: extensionsIn(der, optional),
    signature: bitsOf(der, signature),
  };
}

function extensionsIn(der: Uint8Array, optional: readonly Element[]): readonly Extension[] {
  const wrapper = optional.find(({ tag }) => tag === extensionsTag);
  if (wrapper === undefined) return [];
  const [list] = elementsIn(der, wrapper);
  const extensions = elementsIn(der, need(list, tags.sequence)).map((element) => extensionIn(der, element));
  if (new Set(extensions.map(({ oid }) => oid)).size < extensions.length)
    throw new DerError('an extension stands twice');
  return extensions;
}

function extensionIn(der: Uint8Array, element: Element): Extension {
  const parts = elementsIn(der, need(element, tags.sequence));
  const critical = parts[1]?.tag === tags.boolean && der[parts[1].content] !== 0;
  return {
    oid: Buffer.from(contentOf(der, need(parts[0], tags.oid))).toString('hex'),
    critical,
    value: contentOf(der, need(parts.at(-1), tags.octetString)),
  };
}

function need(element: Element | undefined, tag: number): Element {
  if (element?.tag !== tag) throw new DerError('a field is missing or of a wrong kind');
  return element;
}
