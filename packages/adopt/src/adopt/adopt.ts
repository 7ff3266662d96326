import { authorityOf, type Existing, PkiError } from '@kubepki/core';
import type { OldPlace } from '../old/place.ts';
import { safeText } from '../old/safe-text.ts';
import { clientNotes } from './client.ts';
import type { AdoptInput } from './input.ts';
import { judgeLeaf } from './leaf.ts';
import { collect, type Pieces, type Unreadable } from './pieces.ts';
import { judgeSources } from './sources.ts';
import type { Anew, Note, Verdict } from './verdict.ts';
import { placesOfNodes } from './whose.ts';

/** What is taken over, and what is not, in the order of the plan. */
export type Adoption = {
  /** For `survey` and `generate`: what was found good, and nothing else, so that all else is made. */
  readonly existing: Existing;
  readonly taken: readonly { readonly id: string; readonly where: readonly string[] }[];
  readonly anew: readonly Anew[];
  readonly notes: readonly Note[];
  /** Files that mean nothing to the plan; they are left alone. */
  readonly unknown: readonly string[];
  /** Nodes of the plan of which nothing was given. */
  readonly absent: readonly string[];
};

/**
 * Takes over a PKI that somebody else made: finds in old places what a plan has, and judges it. It writes nothing.
 * @throws PkiError ADOPT_REFUSED with all that is wrong with authorities and service-account keys, which kubepki does
 * not make again by itself; ADOPT_NODES where it is not clear of which node a place is; ADOPT_NOTHING
 */
export async function adopt(input: AdoptInput): Promise<Adoption> {
  const { plan, emitters, now } = input;
  const places = placesOfNodes(plan, input.places);
  const found = collect({ plan, emitters, places });
  if (found.pieces.length === 0) throw nothingFound(input.places);
  const sources = await judgeSources(input, found);
  const authorities = new Map(
    sources.flatMap(({ id, found: its }) => (its?.certificate ? [[id, its.certificate] as const] : [])),
  );
  const pieces = grouped(found.pieces);
  const unreadable = grouped(unreadableIn(found));
  const flat = places.some(({ place }) => place.form === 'flat');
  const given = new Set(places.map(({ node }) => node));
  const isAbsent = (node: string) => !flat && !given.has(node);
  const leaves = plan.specs.flatMap((spec) => {
    if (spec.kind !== 'leaf') return [];
    const issuer = authorities.get(authorityOf(plan, spec)?.id ?? '');
    const its = { pieces: pieces.get(spec.id) ?? [], unreadable: unreadable.get(spec.id) ?? [] };
    const verdict = judgeLeaf({ spec, ...its, plan, now, issuer });
    return spec.node !== undefined && isAbsent(spec.node) ? [ofAbsent(verdict, spec.node)] : [verdict];
  });
  const verdicts = new Map([...sources, ...leaves].map((verdict) => [verdict.id, verdict]));
  const all = plan.specs.flatMap(({ id }) => verdicts.get(id) ?? []);
  return {
    existing: { generation: 0, find: async ({ id }) => verdicts.get(id)?.found ?? {} },
    taken: all.flatMap(({ id, ...its }) => (its.found === undefined ? [] : [{ id, where: its.where }])),
    anew: all.flatMap(({ anew }) => anew ?? []),
    notes: [
      ...all.flatMap(({ notes }) => notes),
      ...found.clients.flatMap((client) => [...clientNotes(client, { plan, authorities })]),
    ],
    unknown: places.flatMap(({ place }) => [...unknownIn(place, found)]),
    absent: plan.cluster.nodes.map(({ name }) => name).filter(isAbsent),
  };
}

function grouped<T extends { readonly id: string }>(items: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(item.id);
    if (group === undefined) groups.set(item.id, [item]);
    else group.push(item);
  }
  return groups;
}

/** Kubeconfigs that cannot be read, and those that name files which were not given. */
function unreadableIn({ unreadable, clients }: Pieces): readonly Unreadable[] {
  const absent = clients.flatMap(({ spec, kubeconfig }) =>
    [...new Set(kubeconfig.absent)].map((file): Unreadable => {
      const message = `it names ${safeText(file)}, which was not given`;
      return { id: spec.id, fault: 'missing', where: kubeconfig.where, message };
    }),
  );
  return [...unreadable, ...absent];
}

function ofAbsent(verdict: Verdict, node: string): Verdict {
  if (verdict.anew === undefined) return verdict;
  return { ...verdict, anew: { ...verdict.anew, reasons: [`nothing of ${node} was given`] } };
}

/** What a kubelet makes for itself: its older certificates, and the one that it serves where nobody gives it one. */
const kubeletsOwn = /^\/var\/lib\/kubelet\/pki\/kubelet(-(client|server)-[^/]*\.pem|\.crt|\.key)$/;

function* unknownIn(place: OldPlace, { known }: Pieces): Generator<string> {
  for (const path of place.paths()) {
    const where = place.where(path);
    if (!known.has(where) && !kubeletsOwn.test(path)) yield where;
  }
}

function nothingFound(places: readonly OldPlace[]): PkiError {
  return new PkiError(
    'ADOPT_NOTHING',
    `nothing of the cluster file's plan is in ${places.map(({ name }) => name).join(', ')}`,
    {
      hint: 'is it the right folder? `kubepki init --from` writes the cluster file that describes one',
    },
  );
}
