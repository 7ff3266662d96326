import type { Use } from '@kubepki/core';
import type { Place } from '@kubepki/status';

/** What the certificates are for that kubeadm keeps under these names. */
const uses: readonly (readonly [file: RegExp, use: Use])[] = [
  [/(^|\/)etcd\/server\.crt$/, 'etcd/server'],
  [/(^|\/)etcd\/peer\.crt$/, 'etcd/peer'],
  [/(^|\/)etcd\/ca\.crt$/, 'etcd/client'],
  [/(^|\/)(?<!etcd\/)ca\.crt$/, 'cluster/client'],
  [/(^|\/)front-proxy-ca\.crt$/, 'front-proxy/client'],
];

/** What a certificate is for, by the names of the files that begin with it; undefined where no name tells. */
export function usesOf(places: readonly Place[]): readonly Use[] | undefined {
  const own = places.filter(({ entry, number = 1 }) => entry === undefined && number === 1);
  const found = own.flatMap(({ file }) => uses.filter(([name]) => name.test(file)).map(([, use]) => use));
  return found.length === 0 ? undefined : [...new Set(found)];
}
