import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Algorithm, Profile } from '@kubepki/core';

/** An authority, and two that are not it: each field is the path of a certificate. */
export type Authority = {
  readonly id: string;
  readonly keys: Algorithm;
  readonly file: string;
  /** Another authority with the same name and another key. */
  readonly stranger: string;
  /** The stranger again, with the identifier of the right key. */
  readonly disguised: string;
};

/** A certificate that is to be judged, and what its plan says of it. */
export type Subject = {
  readonly id: string;
  readonly name: string;
  readonly keys: Algorithm;
  readonly authority: string;
  readonly usages: readonly ('server' | 'client')[];
  readonly dns: readonly string[];
  readonly ips: readonly string[];
  /** Milliseconds. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly file: string;
  /** The path of the same certificate with one bit of its signature changed. */
  readonly changed: string;
  readonly key: string;
};

/** What was made of one cluster. */
export type Made = {
  readonly name: string;
  readonly folder: string;
  readonly profile: Profile;
  readonly minor: number;
  readonly now: number;
  readonly authorities: readonly Authority[];
  readonly subjects: readonly Subject[];
};

/** All that is made before the tests. */
export type Everything = {
  readonly clusters: readonly Made[];
  /** One small cluster of each profile and algorithm, */
  readonly small: readonly Made[];
  /** the same when their certificates were over long ago, */
  readonly over: readonly Made[];
  /** and the same before their certificates begin. */
  readonly early: readonly Made[];
};

export const variable = 'KUBEPKI_PROOF';

/** What was made for the tests. @throws where they are run without `npm run proof` */
export function everything(): Everything {
  const folder = process.env[variable];
  if (folder === undefined) throw new Error('these tests are run by `npm run proof`');
  return JSON.parse(readFileSync(join(folder, 'made.json'), 'utf8')) as Everything;
}

/** The subjects of a cluster by the authority that signed them. */
export function* byAuthority({ authorities, subjects }: Made): Generator<readonly [Authority, readonly Subject[]]> {
  for (const authority of authorities) {
    const signed = subjects.filter((subject) => subject.authority === authority.id);
    if (signed.length > 0) yield [authority, signed];
  }
}

/** The first subject of each name, such as one kubelet for all. */
export function oneOfEach(subjects: readonly Subject[]): readonly Subject[] {
  return [...new Map([...subjects].reverse().map((subject) => [subject.name, subject])).values()].reverse();
}
