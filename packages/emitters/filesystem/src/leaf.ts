import { basename } from 'node:path/posix';
import {
  type File,
  type Holding,
  type Layout,
  type LeafSpec,
  lookup,
  modeOf,
  type Need,
  needsOf,
  type Plan,
} from '@kubepki/core';

type Context = { readonly plan: Plan; readonly layout: Layout };

/** A leaf's own files, and those that its process shares with others on its node. */
export function* leafFiles(leaf: LeafSpec, context: Context): Generator<File> {
  yield* leaf.kubeconfig?.credentials === 'path' ? pem(leaf, context) : [];
  yield* pair(leaf, context);
  for (const need of needsOf(context.plan, leaf)) yield* shared(need, { ...context, node: leaf.node });
}

function* pair(leaf: LeafSpec, { plan, layout }: Context): Generator<File> {
  for (const part of ['certificate', 'key'] as const) {
    const path = layout.path({ spec: leaf, part }, plan);
    if (path === undefined) continue;
    yield { path, mode: modeOf(part, plan.profile), secret: part === 'key', holds: [{ id: leaf.id, part }] };
  }
}

/** Certificate and key in one file, which the kubelet finds through a link (client-go util/certificate/certificate_store.go). */
function* pem(leaf: LeafSpec, { plan, layout }: Context): Generator<File> {
  const path = layout.path({ spec: leaf, part: 'pem' }, plan);
  const link = layout.path({ spec: leaf, part: 'link' }, plan);
  if (path === undefined) return;
  yield {
    path,
    mode: modeOf('key', plan.profile),
    secret: true,
    holds: [
      { id: leaf.id, part: 'certificate' },
      { id: leaf.id, part: 'key' },
    ],
  };
  if (link !== undefined) yield { path: link, link: basename(path) };
}

function* shared(need: Need, { plan, layout, node }: Context & { readonly node: string | undefined }): Generator<File> {
  const path = layout.shared({ ...need, node }, plan);
  const holds = sharedHolds(need, plan);
  if (path === undefined || holds.length === 0) return;
  const part = need.part === 'key' || need.part === 'public' ? need.part : 'certificate';
  yield { path, mode: modeOf(part, plan.profile), secret: part === 'key', holds };
}

/** What a shared file holds. Of several public keys the one that signs comes first, since kubeadm looks at that alone. */
function sharedHolds({ use, part }: Need, plan: Plan): readonly Holding[] {
  const entry = plan.uses[use];
  if (entry === undefined) return [];
  if (part === 'key' && !hasKey(plan, entry.signs)) return [];
  if (part === 'key' || part === 'certificate') return [{ id: entry.signs, part }];
  const names = [...new Set([...(entry.trusts.includes(entry.signs) ? [entry.signs] : []), ...entry.trusts])];
  return names.map((id) => ({ id, part: part === 'trust' ? 'certificate' : part }));
}

function hasKey(plan: Plan, name: string): boolean {
  const source = lookup(plan).sources.get(name);
  if (source === undefined || source.kind === 'keypair') return source !== undefined;
  return source.given === false || source.given.key;
}
