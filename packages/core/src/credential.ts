import type { Key } from './keys/key.ts';
import type { Spec } from './plan/spec.ts';
import type { Certificate } from './sign/certificate.ts';

/** A spec that is fulfilled. A key pair has no certificate; an authority whose key is elsewhere has no key. */
export type Credential = {
  readonly spec: Exclude<Spec, { kind: 'elsewhere' }>;
  readonly certificate?: Certificate;
  /** The authorities between the certificate and the one that signs itself, nearest first. */
  readonly chain?: readonly Certificate[];
  readonly key?: Key;
  /** Whether this run made it, or found and kept it. */
  readonly made: boolean;
  /** A life that was cut to the issuer's end. */
  readonly cut?: boolean;
};
