import { type AuthoritySpec, authorityOf, type KeyPairSpec, type Plan } from '@kubepki/core';
import { groupBy } from '../text/group.ts';
import type { Credential } from './credential.ts';

/** An authority or a key pair, and what stands below it. */
export type Source = {
  readonly credential: Credential;
  readonly spec: AuthoritySpec | KeyPairSpec;
  /** Its number among all, from 1 on, by which drawings tell it. */
  readonly number: number;
  /** The uses under which it signs, and those under which it is trusted alone. */
  readonly signs: readonly string[];
  readonly trusted: readonly string[];
  /** The authorities that it signs. */
  readonly below: readonly Source[];
  /** The leaves that it signs, by their names. */
  readonly leaves: readonly { readonly name: string; readonly credentials: readonly Credential[] }[];
};

/** The authorities that nobody above signs, and the key pairs, with all that stands below. */
export function sourcesOf(plan: Plan, credentials: readonly Credential[]): readonly Source[] {
  const specs = credentials.filter(({ spec }) => spec.kind !== 'leaf');
  const numbers = new Map(specs.map(({ spec }, index) => [spec.name, index + 1]));
  const signed = groupBy(
    credentials.filter(({ spec }) => spec.kind === 'leaf'),
    ({ authority }) => authority ?? '',
  );
  const entries = Object.entries(plan.uses);
  const sourceOf = (credential: Credential, spec: Source['spec']): Source => {
    const { name } = spec;
    const signs = entries.filter(([, use]) => use.signs === name).map(([use]) => use);
    return {
      credential,
      spec,
      number: numbers.get(name) ?? 0,
      signs,
      trusted: entries.filter(([use, { trusts }]) => trusts.includes(name) && !signs.includes(use)).map(([use]) => use),
      below: sources((above) => above === name),
      leaves: [...groupBy(signed.get(credential.id) ?? [], ({ spec: leaf }) => leaf.name)].map(([leaf, its]) => ({
        name: leaf,
        credentials: its,
      })),
    };
  };
  const sources = (isWanted: (above: string | undefined) => boolean): readonly Source[] =>
    specs.flatMap((credential) => {
      const { spec } = credential;
      if (spec.kind === 'leaf') return [];
      const above = spec.kind === 'authority' ? authorityOf(plan, spec)?.name : undefined;
      return isWanted(above) ? [sourceOf(credential, spec)] : [];
    });
  return sources((above) => above === undefined);
}

/** All sources of a tree, each before what stands below it. */
export function allSources(sources: readonly Source[]): readonly Source[] {
  return sources.flatMap((source) => [source, ...allSources(source.below)]);
}
