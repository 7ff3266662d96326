import {
  type ContentFile,
  type Holding,
  isKeyless,
  type LeafSpec,
  type Part,
  PkiError,
  type Plan,
  type Spec,
  selects,
  trustedBy,
  trustUses,
} from '@kubepki/core';
import type { Secret } from './content.ts';

type Options = { readonly include: readonly string[]; readonly namespace: string; readonly stream: boolean };
type Draft = { readonly secret: Secret; readonly holds: readonly Holding[] };

/** The manifests of a part: a file a Secret, or one file for all. */
export function* partSecrets(
  part: Part,
  { plan, options }: { readonly plan: Plan; readonly options: Options },
): Generator<ContentFile> {
  if (part.node === undefined) checkInclude(plan, options);
  const drafts = part.specs
    .filter((spec) => wanted(spec, options))
    .flatMap((spec) => draft(spec, { plan, namespace: options.namespace }));
  if (drafts.length === 0) return;
  if (options.stream) yield join(`manifests/secrets${part.node === undefined ? '' : `-${part.node}`}.yaml`, drafts);
  else for (const one of drafts) yield join(`manifests/secrets/${one.secret.namespace}/${one.secret.name}.yaml`, [one]);
}

/** What is named and cannot be had would be missing without a word. */
function checkInclude(plan: Plan, { include }: Options): void {
  const keyless = plan.specs.find((spec) => isKeyless(spec) && include.some((selector) => selects(selector, spec)));
  if (keyless !== undefined) {
    throw new PkiError(
      'SECRETS_INCLUDE',
      `emitter secrets: include names ${keyless.id}, whose key somebody else keeps`,
      {
        hint: 'a Secret holds certificate and key; leave it out',
      },
    );
  }
  const unknown = include.filter((selector) => !plan.specs.some((spec) => selects(selector, spec)));
  if (unknown.length === 0) return;
  throw new PkiError(
    'SECRETS_INCLUDE',
    `emitter secrets: include names ${unknown.join(', ')}, and nothing is called that`,
    {
      hint: `the names are: ${[...new Set(plan.specs.map(({ name }) => name))].join(', ')}`,
    },
  );
}

function wanted(spec: Spec, { include }: Options): boolean {
  if (include.some((selector) => selects(selector, spec))) return true;
  return spec.kind === 'leaf' && spec.node === undefined && !spec.person;
}

function draft(spec: Spec, { plan, namespace }: { readonly plan: Plan; readonly namespace: string }): readonly Draft[] {
  if (spec.kind === 'elsewhere') return [];
  const name = spec.id.toLowerCase().replaceAll(/[^a-z0-9.-]/g, '-');
  const place = spec.kind === 'leaf' && spec.secret ? spec.secret : { name, namespace };
  if (spec.kind === 'keypair') {
    const base = spec.name.replaceAll('/', '-');
    return [
      {
        secret: { ...place, type: 'Opaque', data: { [`${base}.key`]: [0], [`${base}.pub`]: [1] } },
        holds: [
          { id: spec.id, part: 'key' },
          { id: spec.id, part: 'public' },
        ],
      },
    ];
  }
  const trusted = spec.kind === 'leaf' ? trust(spec, plan) : [];
  return [
    {
      secret: {
        ...place,
        type: 'kubernetes.io/tls',
        data: {
          'tls.crt': [0],
          'tls.key': [1],
          ...(trusted.length > 0 ? { 'ca.crt': trusted.map((_, index) => index + 2) } : {}),
        },
      },
      holds: [{ id: spec.id, part: 'certificate' }, { id: spec.id, part: 'key' }, ...trusted],
    },
  ];
}

/** What goes beside a pair: for a client what it checks its servers by, for a server what it is checked by. */
function trust(leaf: LeafSpec, plan: Plan): readonly Holding[] {
  const uses = trustUses(plan, { client: leaf });
  return trustedBy(plan.uses, uses.length > 0 ? uses : [leaf.issuer]).map((id) => ({ id, part: 'certificate' }));
}

/** Drafts as one file; positions count on through all of them. */
function join(path: string, drafts: readonly Draft[]): ContentFile {
  let before = 0;
  const content = drafts.map(({ secret, holds }) => {
    const from = before;
    before += holds.length;
    const data = Object.entries(secret.data).map(
      ([key, positions]) => [key, positions.map((position) => position + from)] as const,
    );
    return { ...secret, data: Object.fromEntries(data) };
  });
  return { path, mode: 0o600, secret: true, holds: drafts.flatMap(({ holds }) => holds), content };
}
