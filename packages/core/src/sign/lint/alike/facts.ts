import { checkCanonical } from '../../x509/canonical.ts';
import { contentOf, type Element, whole } from '../../x509/der.ts';
import { readKeyIds } from '../../x509/extension-values.ts';
import { readNameParts } from '../../x509/read-name.ts';
import { readSanParts } from '../../x509/read-sans.ts';
import { type Extension, readValidity } from '../../x509/tbs.ts';
import type { Facts, LintContext } from '../facts.ts';
import type { Places } from './frame.ts';

/** The facts that are the same in all certificates that have a frame in common and keys of one kind. */
const common: readonly (keyof Facts)[] = [
  'tbs',
  'list',
  'by',
  'others',
  'authority',
  'constraints',
  'keyUsage',
  'keyKind',
  'usages',
  'authorityKeyId',
  'context',
  'issuer',
];

/** The names of the facts that are the same in all certificates like this one. */
export function commonFacts({ by }: Facts): ReadonlySet<keyof Facts> {
  const absent: readonly (keyof Facts)[] = [
    ...(by.subjectAltName === undefined ? (['sans'] as const) : []),
    ...(by.subjectKeyId === undefined ? (['subjectKeyId'] as const) : []),
  ];
  return new Set([...common, ...absent]);
}

type Given = { readonly tbs: Uint8Array; readonly context: LintContext; readonly of: Facts };

/** The facts of a certificate that is like another, whose facts are known. @throws DerError */
export function factsLike({ tbs, context, of }: Given, places: Places): Facts {
  const subject = whole(tbs, places.subject);
  const subjectAltName = like(of.by.subjectAltName, { tbs, place: places.subjectAltName });
  const subjectKeyId = like(of.by.subjectKeyId, { tbs, place: places.subjectKeyId });
  const by = { ...of.by };
  if (subjectAltName !== undefined) by.subjectAltName = subjectAltName;
  if (subjectKeyId !== undefined) by.subjectKeyId = subjectKeyId;
  // Each extension stands once, so that both have the same order.
  const list = Object.values(by);
  return {
    ...of,
    tbs: {
      ...of.tbs,
      ...readValidity(tbs, places.validity),
      serial: contentOf(tbs, places.serial),
      subject,
      publicKey: whole(tbs, places.publicKey),
      extensions: list,
    },
    list,
    by,
    name: readNameParts(subject),
    sans: readSanParts(subjectAltName?.value),
    subjectKeyId: readKeyIds({ subject: subjectKeyId?.value, authority: undefined }).subjectKeyId,
    context,
  };
}

function like(
  extension: Extension | undefined,
  { tbs, place }: { readonly tbs: Uint8Array; readonly place: Element | undefined },
): Extension | undefined {
  if (extension === undefined || place === undefined) return undefined;
  const value = contentOf(tbs, place);
  checkCanonical(value);
  return { ...extension, value };
}
