import type { KeyObject } from 'node:crypto';
import type { Algorithm } from './algorithm.ts';
import type { Secret } from './secret.ts';

/** A key pair. `secret` is missing where the private half cannot be had: in an HSM, or on a node. */
export type Key = {
  readonly algorithm: Algorithm;
  readonly publicKey: KeyObject;
  /** The private half as PEM in the form that Kubernetes' own tools write: SEC1, PKCS#1, or PKCS#8 for Ed25519. */
  readonly secret?: Secret;
  /** The private half for signing in this process. */
  readonly privateKey?: KeyObject;
};

/** Where keys come from. The usual one is `softwareKeys()`; an HSM is a plugin. */
export type KeySource = {
  make(request: { readonly id: string; readonly algorithm: Algorithm }): Promise<Key>;
};
