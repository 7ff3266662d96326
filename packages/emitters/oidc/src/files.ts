import { type Algorithm, type ContentFile, type KeyPairSpec, lookup, type Part, type Plan } from '@kubepki/core';
import type { Options } from './options.ts';

/** How Kubernetes signs tokens with each kind of key (pkg/serviceaccount/jwt.go, signerFromRSAPrivateKey and ECDSA). */
export const signatures: Readonly<Record<Algorithm, string | undefined>> = {
  'rsa-2048': 'RS256',
  'rsa-3072': 'RS256',
  'rsa-4096': 'RS256',
  'ecdsa-p256': 'ES256',
  'ecdsa-p384': 'ES384',
  ed25519: undefined,
};

/** The discovery document and the keys, under the names that they are served by below the issuer's address. */
export function* discoveryFiles(
  part: Part,
  { plan, options }: { readonly plan: Plan; readonly options: Options },
): Generator<ContentFile> {
  const keys = part.node === undefined ? tokenKeys(plan) : [];
  if (keys.length === 0) return;
  const { issuer = `https://kubernetes.default.svc.${plan.cluster.dnsDomain}` } = options;
  const { jwksUri = `${issuer.replace(/\/$/, '')}/keys.json` } = options;
  const algorithms = [...new Set(keys.flatMap(({ keys: kind }) => signatures[kind] ?? []))].sort();
  const open = { mode: 0o644, secret: false } as const;
  yield {
    ...open,
    path: 'oidc/.well-known/openid-configuration',
    holds: [],
    content: { configuration: { issuer, jwksUri, algorithms } },
  };
  yield { ...open, path: 'oidc/keys.json', holds: keys.map(({ id }) => ({ id, part: 'public' })), content: 'keys' };
}

/** The key pairs whose tokens are good, the one that signs first. */
function tokenKeys(plan: Plan): readonly KeyPairSpec[] {
  const { signs, trusts = [] } = plan.uses.sa ?? {};
  const { sources } = lookup(plan);
  return [...new Set([...(signs === undefined ? [] : [signs]), ...trusts])].flatMap((name) => {
    const source = sources.get(name);
    return source?.kind === 'keypair' ? [source] : [];
  });
}
