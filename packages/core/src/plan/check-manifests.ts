import { isHostname, longestHost } from '../cluster/rfc1123.ts';
import type { Finding } from './finding.ts';
import type { Binding, LeafSpec } from './spec.ts';

const longestNamespace = 63;

/** The names of manifests, which the API server would refuse otherwise, or which end a text in it. */
export function* checkManifests({ secret, bindings }: LeafSpec): Generator<Finding> {
  if (secret !== undefined) yield* checkSecret(secret);
  for (const binding of bindings) yield* checkBinding(binding);
}

/** Kubernetes apimachinery pkg/util/validation: IsDNS1123Subdomain for Secrets, IsDNS1123Label for namespaces. */
function* checkSecret({ namespace, name }: NonNullable<LeafSpec['secret']>): Generator<Finding> {
  const hint = 'use lower-case letters, digits and - between them';
  if (name.length > longestHost || !isHostname(name)) {
    yield { message: `${JSON.stringify(name)} is no name of a Secret`, hint };
  }
  if (namespace.length > longestNamespace || namespace.includes('.') || !isHostname(namespace)) {
    yield { message: `${JSON.stringify(namespace)} is no name of a namespace`, hint };
  }
}

/** Kubernetes pkg/apis/rbac/validation, by apimachinery pkg/api/validation/path: IsValidPathSegmentName. */
function* checkBinding({ binding, clusterRole, to }: Binding): Generator<Finding> {
  for (const name of [binding, clusterRole]) {
    if (name === '' || name === '.' || name === '..' || /[/%]/.test(name) || isHidden(name))
      yield {
        message: `${JSON.stringify(name)} is no name of a binding or role`,
        hint: 'leave out / and %, and what cannot be seen',
      };
  }
  if (to.name === '' || isHidden(to.name))
    yield {
      message: `${JSON.stringify(to.name)} is no name of a ${to.kind.toLowerCase()}`,
      hint: 'use letters that can be seen',
    };
}

function isHidden(text: string): boolean {
  return /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(text);
}
