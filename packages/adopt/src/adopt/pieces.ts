import {
  type Emitter,
  type Holding,
  type Layout,
  type LeafSpec,
  PkiError,
  type Plan,
  type PlannedFile,
  planFiles,
} from '@kubepki/core';
import { flatLayout, nodesLayout } from '@kubepki/presets';
import { attempted } from '../old/identify.ts';
import { type OldKubeconfig, readOldKubeconfig } from '../old/kubeconfig.ts';
import type { OldPlace } from '../old/place.ts';
import type { Fault } from './verdict.ts';

/** A part of a credential as it lies in an old PKI. */
export type Piece = {
  readonly id: string;
  readonly part: Holding['part'];
  readonly text: string;
  readonly where: string;
  /** What belongs together: files beside each other, one file, or a kubeconfig. */
  readonly set: string;
};

/** An old kubeconfig of a leaf. */
export type OldClient = { readonly spec: LeafSpec; readonly kubeconfig: OldKubeconfig };

/** A kubeconfig of which nothing is to be had, or what it names and was not given. */
export type Unreadable = {
  readonly id: string;
  readonly fault: Fault;
  readonly where: string;
  readonly message: string;
};

/** All that an old PKI has of a plan. */
export type Pieces = {
  readonly pieces: readonly Piece[];
  readonly clients: readonly OldClient[];
  /** Kubeconfigs that could not be read, by the ids of what they should hold. */
  readonly unreadable: readonly Unreadable[];
  /** The files that mean something to the plan, as messages name them. */
  readonly known: ReadonlySet<string>;
};

export type PiecesInput = {
  readonly plan: Plan;
  readonly emitters: readonly Emitter[];
  /** Each with the node that it is of, which is undefined where all of a cluster lies in one folder. */
  readonly places: readonly { readonly place: OldPlace; readonly node: string | undefined }[];
};

/** Looks in old places for all that a plan has, where kubeadm and kubepki put it, whatever the new tree's layout. */
export function collect({ plan, emitters, places }: PiecesInput): Pieces {
  const pieces: Piece[] = [];
  const clients: OldClient[] = [];
  const unreadable: Unreadable[] = [];
  const known = new Set<string>();
  const wantedIn = wanting({ plan, emitters });
  for (const { place, node } of places) {
    for (const wanted of wantedIn(place, node)) {
      const path = lookFor(wanted.path, { place, node });
      if (path === undefined) continue;
      const where = place.where(path);
      known.add(where);
      if ('planned' in wanted) {
        pieces.push(...piecesIn(wanted.planned, { place, path }));
        continue;
      }
      const { spec } = wanted;
      try {
        const kubeconfig = readOldKubeconfig(place, path);
        if (kubeconfig === undefined) continue;
        clients.push({ spec, kubeconfig });
        pieces.push(...kubeconfigPieces(spec.id, kubeconfig));
      } catch (error) {
        if (!(error instanceof PkiError)) throw error;
        unreadable.push({ id: spec.id, fault: 'wrong', where, message: withoutPlace(error, where) });
      }
    }
  }
  return { pieces, clients, unreadable, known };
}

/** A file that means something, with its path in a tree: one of an emitter, or the kubeconfig of a leaf. */
type Wanted = { readonly path: string } & ({ readonly planned: PlannedFile } | { readonly spec: LeafSpec });

/** Gives what can lie in a place of a node: its own and what belongs to no node. Each form is planned once. */
function wanting({
  plan,
  emitters,
}: Omit<PiecesInput, 'places'>): (place: OldPlace, node: string | undefined) => readonly Wanted[] {
  const forms = new Map<string, ReadonlyMap<string, readonly Wanted[]>>();
  return (place, node) => {
    const form = `${place.form} ${place.names}`;
    const byNode = forms.get(form) ?? groupByNode(allWanted(plan, { emitters, layout: layoutOf(place) }));
    forms.set(form, byNode);
    return [...(byNode.get('') ?? []), ...(byNode.get(node ?? '') ?? []).filter(() => node !== undefined)];
  };
}

function* allWanted(
  plan: Plan,
  { emitters, layout }: { readonly emitters: readonly Emitter[]; readonly layout: Layout },
): Generator<Wanted> {
  for (const planned of planFiles({ plan, emitters: emitters.filter(readsBack), layout }))
    yield { path: planned.file.path, planned };
  for (const spec of plan.specs) {
    const path = spec.kind === 'leaf' ? layout.path({ spec, part: 'kubeconfig' }, plan) : undefined;
    if (path !== undefined && spec.kind === 'leaf') yield { path, spec };
  }
}

/** By the node in whose folder something lies; under no name what lies in none. */
function groupByNode(all: Iterable<Wanted>): ReadonlyMap<string, readonly Wanted[]> {
  const groups = new Map<string, Wanted[]>();
  for (const wanted of all) {
    const node = /^nodes\/([^/]+)\//.exec(wanted.path)?.[1] ?? '';
    const group = groups.get(node);
    if (group === undefined) groups.set(node, [wanted]);
    else group.push(wanted);
  }
  return groups;
}

/** Where files lie in an old place, in the terms of a layout. */
function layoutOf({ form, names }: OldPlace): Layout {
  return form === 'flat' ? flatLayout({ names }) : nodesLayout({ names });
}

/** Kubeconfigs are read in anybody's form; manifests hold no key. */
function readsBack({ name, read }: Emitter): boolean {
  return read !== undefined && name !== 'kubeconfig' && name !== 'secrets';
}

/** The path in an old place of a file that has a path in a tree. What belongs to no node lies on control planes. */
function lookFor(
  path: string,
  { place, node }: { readonly place: OldPlace; readonly node: string | undefined },
): string | undefined {
  if (place.form === 'flat') return path;
  const [, owner, onNode] = /^nodes\/([^/]+)(\/.+)$/.exec(path) ?? [];
  if (owner !== undefined) return owner === node ? onNode : undefined;
  const [, folder, name] = /^(authorities|servers|clients|users)\/(.+)$/.exec(path) ?? [];
  if (folder === undefined) return undefined;
  return folder === 'users' ? `/etc/kubernetes/${name}` : `/etc/kubernetes/pki/${name}`;
}

function* piecesIn(
  planned: PlannedFile,
  { place, path }: { readonly place: OldPlace; readonly path: string },
): Generator<Piece> {
  if (planned.link) return;
  const { file, emitter } = planned;
  const text = place.text(path);
  if (text === undefined) return;
  // What is no PEM is a piece all the same, so that it is told what the file holds instead.
  const parts = file.holds.length === 1 ? [text] : (attempted(() => emitter.read?.(text, file)) ?? []);
  const where = place.where(path);
  for (const [index, { id, part }] of file.holds.entries()) {
    const found = parts[index];
    if (found === undefined || found === '') continue;
    yield { id, part, text: found, where, set: `${place.name} ${file.holds.length > 1 ? path : 'files'}` };
  }
}

function* kubeconfigPieces(id: string, { certificate, key, where }: OldKubeconfig): Generator<Piece> {
  const set = `kubeconfig ${where}`;
  if (certificate !== undefined) yield { id, part: 'certificate', ...certificate, set };
  if (key !== undefined) yield { id, part: 'key', ...key, set };
}

/** The message of an error without the file's name, which stands before it anyway. */
export function withoutPlace({ message }: PkiError, where: string): string {
  return message.startsWith(`${where}: `) ? message.slice(where.length + 2) : message;
}
