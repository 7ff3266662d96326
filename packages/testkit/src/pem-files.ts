import {
  type ContentFile,
  type Emitter,
  type File,
  type Holding,
  isPublicAlone,
  type Layout,
  type LeafSpec,
  modeOf,
  needsOf,
  type Plan,
} from '@kubepki/core';

type Context = { readonly plan: Plan; readonly layout: Layout };

/**
 * Writes every part of every credential into a PEM file of its own, what a node's processes share, and a file for
 * each Secret that is wanted: all the places that two things could both want.
 */
export const pemFiles: Emitter = {
  name: 'pem-files',
  *files(part, context) {
    for (const spec of part.specs) {
      if (spec.kind === 'elsewhere') continue;
      const halves = spec.kind === 'keypair' ? (['key', 'public'] as const) : (['certificate', 'key'] as const);
      for (const half of halves) {
        if (half === 'key' && (isPublicAlone(spec) || (spec.kind === 'authority' && spec.given))) continue;
        yield* file(context.layout.path({ spec, part: half }, context.plan), [{ id: spec.id, part: half }], context);
      }
      if (spec.kind === 'leaf') yield* ofLeaf(spec, context);
    }
  },
  render: (file, get) => file.holds.map(get).join(''),
  read: (text, file) => {
    const [certificates, keys] = [blocks(text, /CERTIFICATE/), blocks(text, /KEY/)];
    if (file.holds.length === 1) return [[...certificates, ...keys].join('')];
    if (file.holds.some(({ part }) => part === 'key')) return [certificates.join(''), keys.join('')];
    return [...certificates, ...keys];
  },
};

function* ofLeaf(leaf: LeafSpec, context: Context): Generator<File> {
  const { plan, layout } = context;
  const pair: readonly Holding[] = [
    { id: leaf.id, part: 'certificate' },
    { id: leaf.id, part: 'key' },
  ];
  if (leaf.kubeconfig?.credentials === 'path')
    yield* file(layout.path({ spec: leaf, part: 'pem' }, plan), pair, context);
  if (leaf.secret) yield* file(`secrets/${leaf.secret.namespace}/${leaf.secret.name}.pem`, pair, context);
  for (const need of needsOf(plan, leaf)) {
    const { signs, trusts = [] } = plan.uses[need.use] ?? {};
    const part = need.part === 'trust' ? 'certificate' : need.part;
    const ids = need.part === 'trust' || need.part === 'public' ? trusts : signs === undefined ? [] : [signs];
    const holds = ids.map((id) => ({ id, part })).filter((holding) => isHere(plan, holding));
    yield* file(layout.shared({ ...need, node: leaf.node }, plan), holds, context);
  }
}

function* file(path: string | undefined, holds: readonly Holding[], { plan }: Context): Generator<ContentFile> {
  if (path === undefined || holds.length === 0) return;
  const secret = holds.some(({ part }) => part === 'key');
  yield { path, mode: modeOf(secret ? 'key' : 'certificate', plan.profile), secret, holds };
}

/** The key of an authority that somebody else made may be with them. */
function isHere({ specs }: Plan, { id, part }: Holding): boolean {
  const given = specs.some((spec) => spec.id === id && spec.kind === 'authority' && spec.given && !spec.given.key);
  return part !== 'key' || !given;
}

function blocks(text: string, label: RegExp): readonly string[] {
  const all = text.match(/-----BEGIN ([A-Z ]+)-----[^-]*-----END \1-----\n?/g) ?? [];
  return all.filter((block) => label.test(block.slice(0, block.indexOf('\n'))));
}
