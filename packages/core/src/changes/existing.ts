import type { Key } from '../keys/key.ts';
import type { Spec } from '../plan/spec.ts';
import type { Certificate } from '../sign/certificate.ts';

/** What is there of a spec. Either part may be missing. */
export type Found = {
  readonly certificate?: Certificate;
  readonly key?: Key;
  /** The spec as it was planned when it was made. */
  readonly spec?: Spec;
  /** The fingerprint of the authority's certificate by which the certificate was issued, where that is known already. */
  readonly issuer?: string;
};

/** Where existing credentials are looked for: a tree's current generation, or nothing. */
export type Existing = {
  /** Whether there is a generation, in which no authority and no key pair is ever made again. */
  readonly generation: number;
  find(spec: Spec): Promise<Found>;
};

/** Nothing exists: everything is made. */
export const nothing: Existing = { generation: 0, find: async () => ({}) };
