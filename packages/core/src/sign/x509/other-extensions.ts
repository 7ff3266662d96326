import { tags } from './der.ts';

/** What RFC 5280 says of an extension that no template has. */
export type OtherExtension = {
  readonly name: string;
  /** Whether it must be critical or must not be; missing where both are good. */
  readonly critical?: boolean;
  /** Whether only an authority has it. */
  readonly authority?: true;
  /** The tag of its value. */
  readonly tag: number;
};

const list = { tag: tags.sequence } as const;

/** The extensions that verifiers know beside those of templates, by the content of their identifiers in hexadecimal. */
export const otherExtensions = {
  '551d09': { name: 'directory attributes', critical: false, ...list },
  '551d12': { name: 'names of the issuer', critical: false, ...list },
  '551d1e': { name: 'name constraints', critical: true, authority: true, ...list },
  '551d1f': { name: 'places of revocation lists', critical: false, ...list },
  '551d20': { name: 'policies', ...list },
  '551d21': { name: 'policy mappings', authority: true, ...list },
  '551d24': { name: 'policy constraints', critical: true, authority: true, ...list },
  '551d2e': { name: 'places of delta lists', critical: false, ...list },
  '551d36': { name: 'inhibition of any policy', critical: true, authority: true, tag: tags.integer },
  '2b06010505070101': { name: 'access to the authority', critical: false, ...list },
  '2b0601050507010b': { name: 'access to the subject', critical: false, ...list },
  '2b06010401d679020402': { name: 'timestamps of logs', critical: false, tag: tags.octetString },
} as const satisfies Readonly<Record<string, OtherExtension>>;

/** Such an extension by its identifier; undefined for one that no verifier knows. */
export function otherExtension(oid: string): OtherExtension | undefined {
  return Object.hasOwn(otherExtensions, oid) ? otherExtensions[oid as keyof typeof otherExtensions] : undefined;
}
