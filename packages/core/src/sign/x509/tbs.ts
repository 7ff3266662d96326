import { contentOf, DerError, type Element, elementsIn, tags, whole } from './der.ts';
import { hexOf } from './text.ts';
import { readTime } from './time.ts';

/** An extension; `oid` is the content of its identifier in hexadecimal. */
export type Extension = {
  readonly oid: string;
  readonly critical: boolean;
  /** Whether it says that it is not critical, which is the default and not written in DER (X.690 11.5). */
  readonly saysDefault: boolean;
  readonly value: Uint8Array;
};

/** What is signed of a certificate, in its parts (RFC 5280 4.1.2); all bytes are views. */
export type Tbs = {
  /** 1 to 3, as people count. */
  readonly version: number;
  /** The content of the INTEGER. */
  readonly serial: Uint8Array;
  /** DER of the AlgorithmIdentifier. */
  readonly algorithm: Uint8Array;
  readonly issuer: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Whether the two instants are written as GeneralizedTime. */
  readonly generalized: readonly [boolean, boolean];
  readonly subject: Uint8Array;
  readonly publicKey: Uint8Array;
  /** Whether it has an issuer's or a subject's unique identifier. */
  readonly uniqueIds: boolean;
  /** Undefined where there is no list; an empty one is no DER of a certificate, and read all the same. */
  readonly extensions: readonly Extension[] | undefined;
};

const versionTag = 0xa0;
const uniqueIdTags = [0x81, 0x82];
const extensionsTag = 0xa3;
const optionalTags = [...uniqueIdTags, extensionsTag];

/** Reads what is signed; what stands inside of extensions is not looked at. @throws DerError */
export function readTbs(der: Uint8Array, tbs: Element): Tbs {
  const fields = elementsIn(der, need(tbs, tags.sequence));
  const version = fields[0]?.tag === versionTag ? versionIn(der, fields.shift()) : 1;
  const [serial, algorithm, issuer, validity, subject, publicKey, ...optional] = fields;
  if (!inOrder(optional)) throw new DerError('its optional fields are not in order');
  return {
    version,
    serial: contentOf(der, need(serial, tags.integer)),
    algorithm: whole(der, need(algorithm, tags.sequence)),
    issuer: whole(der, need(issuer, tags.sequence)),
    ...readValidity(der, need(validity, tags.sequence)),
    subject: whole(der, need(subject, tags.sequence)),
    publicKey: whole(der, need(publicKey, tags.sequence)),
    uniqueIds: optional.some(({ tag }) => uniqueIdTags.includes(tag)),
    extensions: extensionsIn(
      der,
      optional.find(({ tag }) => tag === extensionsTag),
    ),
  };
}

/** Reads the two instants of a certificate. @throws DerError */
export function readValidity(der: Uint8Array, element: Element): Pick<Tbs, 'notBefore' | 'notAfter' | 'generalized'> {
  const times = elementsIn(der, element);
  const [notBefore, notAfter] = times;
  if (!notBefore || !notAfter || times.length > 2) throw new DerError('it has no validity');
  return {
    notBefore: readTime(der, notBefore),
    notAfter: readTime(der, notAfter),
    generalized: [notBefore.tag === tags.generalizedTime, notAfter.tag === tags.generalizedTime],
  };
}

function versionIn(der: Uint8Array, wrapper: Element | undefined): number {
  const [number, ...more] = wrapper === undefined ? [] : elementsIn(der, wrapper);
  const content = contentOf(der, need(number, tags.integer));
  if (more.length > 0 || content.length !== 1) throw new DerError('its version is not written as it must be');
  return (content[0] ?? 0) + 1;
}

/** Each at most once, in the order of their tags. */
function inOrder(optional: readonly Element[]): boolean {
  return optional.every(({ tag }, index) => optionalTags.includes(tag) && tag > (optional[index - 1]?.tag ?? 0));
}

function extensionsIn(der: Uint8Array, wrapper: Element | undefined): readonly Extension[] | undefined {
  if (wrapper === undefined) return undefined;
  const [list, ...more] = elementsIn(der, wrapper);
  if (more.length > 0) throw new DerError('something follows its extensions');
  return elementsIn(der, need(list, tags.sequence)).map((element) => extensionIn(der, element));
}

function extensionIn(der: Uint8Array, element: Element): Extension {
  const [oid, ...parts] = elementsIn(der, need(element, tags.sequence));
  const flag = parts[0]?.tag === tags.boolean ? parts.shift() : undefined;
  const [value, ...more] = parts;
  if (more.length > 0) throw new DerError('something follows the value of an extension');
  const critical = flag !== undefined && der[flag.content] !== 0;
  return {
    oid: hexOf(contentOf(der, need(oid, tags.oid))),
    critical,
    saysDefault: flag !== undefined && !critical,
    value: contentOf(der, need(value, tags.octetString)),
  };
}

function need(element: Element | undefined, tag: number): Element {
  if (element?.tag !== tag) throw new DerError('a field is missing or of a wrong kind');
  return element;
}
