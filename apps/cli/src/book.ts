import {
  type Certificate,
  type Credential,
  discoveryHash,
  type Entry,
  type Plan,
  type Spec,
  tokenKeyId,
} from '@kubepki/core';

/** What a run remembers of each credential: little, so that a large cluster's fits into memory. */
export type Note = {
  readonly id: string;
  readonly made: boolean;
  readonly cut: boolean;
  readonly serial?: string;
  readonly notAfter?: Date;
  /** By what tokens name it, of a key pair. */
  readonly kid?: string;
};

/** The credentials of a run by id, and the authorities themselves. */
export type Book = {
  readonly notes: ReadonlyMap<string, Note>;
  readonly authorities: ReadonlyMap<string, { readonly certificate?: Certificate; readonly hasKey: boolean }>;
  add(credential: Credential): void;
};

/** A book of what a tree has already, or an empty one. */
export function openBook(entries: Iterable<Entry> = []): Book {
  const notes = new Map<string, Note>();
  const authorities = new Map<string, { readonly certificate?: Certificate; readonly hasKey: boolean }>();
  for (const { holds } of entries) {
    for (const { id, serial, notAfter } of holds) {
      if (notAfter === undefined || notes.has(id)) continue;
      notes.set(id, {
        id,
        made: false,
        cut: false,
        notAfter: new Date(notAfter),
        ...(serial === undefined ? {} : { serial }),
      });
    }
  }
  return {
    notes,
    authorities,
    add({ spec, certificate, key, made, cut = false }) {
      const own = certificate === undefined ? {} : { serial: certificate.serial, notAfter: certificate.notAfter };
      const kid = spec.kind === 'keypair' && key !== undefined ? { kid: tokenKeyId(key.publicKey) } : {};
      notes.set(spec.id, { id: spec.id, made, cut, ...own, ...kid });
      if (spec.kind !== 'authority') return;
      authorities.set(spec.name, {
        ...(certificate === undefined ? {} : { certificate }),
        hasKey: key?.secret !== undefined,
      });
    },
  };
}

/** For `kubeadm join`: the hashes of the authorities by which the API server's certificate is checked. */
export function joinHashes(
  { uses }: Plan,
  { authorities }: Book,
): readonly { readonly authority: string; readonly hash: string }[] {
  return (uses['cluster/server']?.trusts ?? []).flatMap((authority) => {
    const certificate = authorities.get(authority)?.certificate;
    return certificate === undefined ? [] : [{ authority, hash: discoveryHash(certificate) }];
  });
}

/** The keys by which tokens of service accounts are good, the one that signs first, as tokens name them. */
export function tokenKeys(
  { uses }: Plan,
  { notes }: Book,
): readonly { readonly id: string; readonly kid: string; readonly signs: boolean }[] {
  const { signs, trusts = [] } = uses.sa ?? {};
  return [...new Set([...(signs === undefined ? [] : [signs]), ...trusts])].flatMap((id) => {
    const kid = notes.get(id)?.kid;
    return kid === undefined ? [] : [{ id, kid, signs: id === signs }];
  });
}

export const kinds = ['authorities', 'servers', 'clients', 'people', 'serviceAccounts'] as const;
export type Kind = (typeof kinds)[number];

/** What a credential counts as. A certificate for both sides counts as a server's. */
export function kindOf(spec: Spec): Kind | undefined {
  if (spec.kind === 'elsewhere') return undefined;
  if (spec.kind === 'authority') return 'authorities';
  if (spec.kind === 'keypair') return 'serviceAccounts';
  if (spec.person) return 'people';
  return spec.usages.includes('server') ? 'servers' : 'clients';
}
