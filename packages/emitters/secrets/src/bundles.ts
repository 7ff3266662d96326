import { type ContentFile, type Holding, PkiError, type Plan, trustedBy, type Use } from '@kubepki/core';
import type { Bundle } from './content.ts';

type Options = { readonly bundles: readonly Use[]; readonly namespace: string; readonly stream: boolean };

/** ConfigMaps with the certificates of those that are trusted under a use: a file each, or one file for all. */
export function* trustBundles(plan: Plan, options: Options): Generator<ContentFile> {
  checkUses(plan, options);
  const { bundles, namespace, stream } = options;
  const drafts = [...new Set(bundles)].map((use) => {
    const name = `${use.toLowerCase().replaceAll(/[^a-z0-9.-]/g, '-')}-trust`;
    const holds = trustedBy(plan.uses, [use]).map((id): Holding => ({ id, part: 'certificate' }));
    return { bundle: { name, namespace }, holds };
  });
  if (stream && drafts.length > 0) yield join('manifests/bundles.yaml', drafts);
  if (!stream) for (const one of drafts) yield join(`manifests/bundles/${namespace}/${one.bundle.name}.yaml`, [one]);
}

function checkUses({ uses, specs }: Plan, { bundles }: Options): void {
  const authorities = new Set(specs.flatMap(({ kind, name }) => (kind === 'authority' ? [name] : [])));
  const known = Object.keys(uses).filter((use) => uses[use]?.trusts.every((name) => authorities.has(name)));
  const unknown = bundles.filter((use) => !known.includes(use));
  if (unknown.length === 0) return;
  throw new PkiError(
    'SECRETS_BUNDLES',
    `emitter secrets: bundles names ${unknown.join(', ')}, under which no authority is trusted`,
    { hint: `authorities are trusted under: ${known.join(', ')}` },
  );
}

type Draft = { readonly bundle: Pick<Bundle, 'name' | 'namespace'>; readonly holds: readonly Holding[] };

/** Drafts as one file; positions count on through all of them. */
function join(path: string, drafts: readonly Draft[]): ContentFile {
  let position = 0;
  const bundles = drafts.map(({ bundle, holds }) => ({ ...bundle, certificates: holds.map(() => position++) }));
  return { path, mode: 0o644, secret: false, holds: drafts.flatMap(({ holds }) => holds), content: { bundles } };
}
