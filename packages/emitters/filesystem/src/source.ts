import { type AuthoritySpec, type File, type KeyPairSpec, type Layout, modeOf, type Plan } from '@kubepki/core';

/** The files of an authority or a key pair itself. The key of an authority that somebody else made stays with them. */
export function* sourceFiles(
  spec: AuthoritySpec | KeyPairSpec,
  { plan, layout }: { readonly plan: Plan; readonly layout: Layout },
): Generator<File> {
  const parts =
    spec.kind === 'keypair'
      ? (['key', 'public'] as const)
      : spec.given
        ? (['certificate'] as const)
        : (['certificate', 'key'] as const);
  for (const part of parts) {
    const path = layout.path({ spec, part }, plan);
    if (path === undefined) continue;
    yield { path, mode: modeOf(part, plan.profile), secret: part === 'key', holds: [{ id: spec.id, part }] };
  }
}
