import { bitsOf, DerError, type Element, elementsIn, onlyElement, tags, whole } from './der.ts';
import { type Extension, readTbs, type Tbs } from './tbs.ts';

export type { Extension } from './tbs.ts';

/** A certificate in its parts (RFC 5280 4.1); all bytes are views of the certificate's. */
export type Structure = Omit<Tbs, 'extensions'> & {
  /** What is signed, whole. */
  readonly tbs: Uint8Array;
  readonly extensions: readonly Extension[];
  readonly signature: Uint8Array;
};

/** The three parts of a certificate (RFC 5280 4.1.1), unread. @throws DerError */
export function partsOf(der: Uint8Array): {
  readonly tbs: Element;
  readonly algorithm: Element;
  readonly signature: Element;
} {
  const [tbs, algorithm, signature, ...rest] = elementsIn(der, onlyElement(der, tags.sequence));
  if (!tbs || !algorithm || !signature || rest.length > 0) throw new DerError('it is no certificate');
  return { tbs, algorithm, signature };
}

/**
 * Takes a certificate apart; the signature's algorithm is the same inside and outside of what is signed. Its outer
 * structure must be DER; what stands inside of extensions is not looked at. @throws DerError
 */
export function takeApart(der: Uint8Array): Structure {
  const { tbs, algorithm, signature } = partsOf(der);
  const { extensions = [], ...fields } = readTbs(der, tbs);
  if (Buffer.compare(fields.algorithm, whole(der, algorithm)) !== 0) {
    throw new DerError('its two signature algorithms differ');
  }
  if (new Set(extensions.map(({ oid }) => oid)).size < extensions.length)
    throw new DerError('an extension stands twice');
  return { ...fields, tbs: whole(der, tbs), extensions, signature: bitsOf(der, signature) };
}
