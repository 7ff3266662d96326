import type { ContentFile, Plan } from '@kubepki/core';
import { certsOf } from './entries.ts';

/** The manifest, and the node to whose part it belongs; undefined: there is nothing to share. */
export function certsFile(
  plan: Plan,
  { path, keyId }: { readonly path: string; keyId(): string },
): { readonly content: ContentFile; readonly node: string | undefined } | undefined {
  const certs = certsOf(plan);
  if (certs === undefined) return undefined;
  let position = 0;
  const data = certs.entries.map(({ name, holds }) => [name, holds.map(() => position++)] as const);
  const content: ContentFile = {
    path,
    mode: 0o600,
    secret: true,
    encrypted: true,
    holds: certs.entries.flatMap(({ holds }) => holds),
    content: { keyId: keyId(), data: Object.fromEntries(data) },
  };
  return { content, node: certs.node };
}
