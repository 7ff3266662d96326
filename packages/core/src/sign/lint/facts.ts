import { PkiError } from '../../error.ts';
import type { Use } from '../../plan/spec.ts';
import type { Certificate, Template, Values } from '../certificate.ts';
import { describe, maySign } from '../x509/details.ts';
import {
  type AuthorityKeyId,
  type Constraints,
  readConstraints,
  readKeyIds,
  readKeyUsage,
  readUsages,
} from '../x509/extension-values.ts';
import { type KeyKind, keyKindOf } from '../x509/key-kind.ts';
import { oids } from '../x509/oids.ts';
import { type OtherExtension, otherExtension } from '../x509/other-extensions.ts';
import { type NamePart, readNameParts } from '../x509/read-name.ts';
import { readSanParts, type San } from '../x509/read-sans.ts';
import type { Extension, Tbs } from '../x509/tbs.ts';

/** What is known of a certificate beside its bytes; what is missing is not judged. */
export type LintContext = {
  /** The authority's certificate; `self` where it signs itself. */
  readonly issuer?: Certificate | 'self' | undefined;
  /** What it was to become. */
  readonly template?: Template | undefined;
  /** What it was to hold beside that. */
  readonly values?: Omit<Values, 'issuer'> | undefined;
  /** The uses under which it is issued or, for an authority, that it stands behind. */
  readonly uses?: readonly Use[] | undefined;
};

type Known = Partial<Record<keyof typeof oids, Extension>>;
/** An extension that no template has and verifiers know. */
export type Other = { readonly extension: Extension; readonly kind: OtherExtension };
type IssuerFacts = {
  readonly certificate: Certificate;
  readonly signs: boolean;
  readonly pathLength: number | undefined;
};

/** What rules look at: a certificate's fields and extensions, read once. */
export type Facts = {
  readonly tbs: Tbs;
  readonly list: readonly Extension[];
  /** The extensions that a template can have. */
  readonly by: Readonly<Known>;
  readonly others: readonly Other[];
  readonly name: readonly NamePart[];
  readonly authority: boolean;
  readonly constraints: Constraints | undefined;
  /** The names of the bits that are set. */
  readonly keyUsage: readonly string[] | undefined;
  readonly keyKind: KeyKind | undefined;
  /** `serverAuth`, `clientAuth`, or object identifiers. */
  readonly usages: readonly string[] | undefined;
  readonly sans: readonly San[] | undefined;
  readonly subjectKeyId: Uint8Array | undefined;
  readonly authorityKeyId: AuthorityKeyId | undefined;
  readonly context: LintContext;
  /** Undefined where it is not known, or signs itself. */
  readonly issuer: IssuerFacts | undefined;
};

/** @throws DerError where an extension of a known kind is no DER of its kind */
export function factsOf(tbs: Tbs, context: LintContext): Facts {
  const list = tbs.extensions ?? [];
  const by: Known = {};
  const others: Other[] = [];
  // The first of each kind; that one stands twice is for a rule to say.
  for (const extension of list) {
    const name = kinds.get(extension.oid);
    const kind = name === undefined ? otherExtension(extension.oid) : undefined;
    if (name !== undefined) by[name] ??= extension;
    else if (kind !== undefined) others.push({ extension, kind });
  }
  const constraints = readConstraints(by.basicConstraints?.value);
  const keyIds = readKeyIds({ subject: by.subjectKeyId?.value, authority: by.authorityKeyId?.value });
  return {
    tbs,
    list,
    by,
    others,
    name: readNameParts(tbs.subject),
    constraints,
    authority: constraints?.authority ?? false,
    keyUsage: readKeyUsage(by.keyUsage?.value),
    keyKind: keyKindOf(tbs.publicKey),
    usages: readUsages(by.extendedKeyUsage?.value),
    sans: readSanParts(by.subjectAltName?.value),
    subjectKeyId: keyIds.subjectKeyId,
    authorityKeyId: keyIds.authorityKeyId,
    context,
    issuer: issuerFacts(context.issuer),
  };
}

const kinds: ReadonlyMap<string, keyof typeof oids> = new Map(
  Object.entries(oids).map(([name, oid]) => [oid, name as keyof typeof oids]),
);
const issuers = new WeakMap<Certificate, IssuerFacts>();

/** One authority signs many, and reading its certificate takes longer than all rules together. */
function issuerFacts(issuer: LintContext['issuer']): IssuerFacts | undefined {
  if (issuer === undefined || issuer === 'self') return undefined;
  const known = issuers.get(issuer);
  if (known !== undefined) return known;
  const facts = { certificate: issuer, ...rightsOf(issuer) };
  issuers.set(issuer, facts);
  return facts;
}

function rightsOf(issuer: Certificate): Pick<IssuerFacts, 'signs' | 'pathLength'> {
  try {
    const details = describe(issuer);
    return { signs: maySign(details), pathLength: details.pathLength };
  } catch (error) {
    // What cannot be read gives no right to sign.
    if (error instanceof PkiError) return { signs: false, pathLength: undefined };
    throw error;
  }
}

/** The values of a kind of attribute in the subject. */
export function namesOf({ name }: Facts, type: 'O' | 'CN'): readonly string[] {
  return name.filter((part) => part.type === type).map(({ value }) => value);
}

/** Whether it is a client's, a server's, or both; an authority is neither. */
export function isFor({ usages }: Facts, usage: 'serverAuth' | 'clientAuth'): boolean {
  return usages?.includes(usage) ?? false;
}

/** How long it lives, in seconds, the last one included (RFC 5280 4.1.2.5). */
export function lifeOf({ tbs: { notBefore, notAfter } }: Facts): number {
  return (notAfter.getTime() - notBefore.getTime()) / 1000 + 1;
}
