import {
  type AuthoritySpec,
  type File,
  isPublicAlone,
  type KeyPairSpec,
  type Layout,
  modeOf,
  type Plan,
} from '@kubepki/core';

/** The files of an authority or a key pair itself. The key of an authority that somebody else made stays with them. */
export function* sourceFiles(
  spec: AuthoritySpec | KeyPairSpec,
  { plan, layout }: { readonly plan: Plan; readonly layout: Layout },
): Generator<File> {
  for (const part of partsOf(spec)) {
    const path = layout.path({ spec, part }, plan);
    if (path === undefined) continue;
    yield { path, mode: modeOf(part, plan.profile), secret: part === 'key', holds: [{ id: spec.id, part }] };
  }
}

function partsOf(spec: AuthoritySpec | KeyPairSpec): readonly ('certificate' | 'key' | 'public')[] {
  if (spec.kind === 'keypair') return isPublicAlone(spec) ? ['public'] : ['key', 'public'];
  return spec.given ? ['certificate'] : ['certificate', 'key'];
}
