import { createHash } from 'node:crypto';
import type { Emitter, Entry, Layout, Lying, Plan, Spec, TreeView } from '@kubepki/core';

/** What is known of a tree before the first of its files is read. */
export type Context = {
  readonly view: TreeView;
  readonly plan: Plan;
  readonly now: Date;
  readonly layout: Layout | undefined;
  readonly readers: ReadonlyMap<string, Emitter>;
  /** Whether a credential was there before this run, which is not to blame for its age. */
  isKept(id: string): boolean;
  readonly specs: ReadonlyMap<string, Spec>;
  /** All that lies there, by path. */
  readonly lying: ReadonlyMap<string, Lying>;
  /** Whose a fingerprint of the manifest is: `certificate ca`. The first that has it. */
  readonly owners: ReadonlyMap<string, string>;
  /** The files of authorities and key pairs themselves, by what they hold: `key sa`. Copies come behind them. */
  readonly sources: ReadonlyMap<string, string>;
  /** The certificate files that processes sign with, and which processes these are. */
  readonly signing: ReadonlyMap<string, string>;
  /** Whose kubeconfigs files are, by their ids; empty where the layout is not known. */
  readonly kubeconfigs: ReadonlyMap<string, string>;
};

/** The node in whose folder a path lies; undefined: in none. */
export function nodeOfPath(path: string, { plan }: Pick<Context, 'plan'>): string | undefined {
  const name = folderOfNode(path);
  return name !== undefined && nodeNames(plan).has(name) ? name : undefined;
}

/** The name of the folder below `nodes` that a path lies in, whether a node has it or not. */
export function folderOfNode(path: string): string | undefined {
  return /^nodes\/([^/]+)\//.exec(path)?.[1];
}

const names = new WeakMap<Plan, ReadonlySet<string>>();

function nodeNames(plan: Plan): ReadonlySet<string> {
  const known = names.get(plan) ?? new Set(plan.cluster.nodes.map(({ name }) => name));
  names.set(plan, known);
  return known;
}

/** The first file that holds each part of an authority or a key pair. */
export function sourcesIn(entries: Iterable<Entry>, specs: Context['specs']): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  for (const { path, holds } of entries) {
    for (const { id, part } of holds) {
      const { kind } = specs.get(id) ?? {};
      if ((kind === 'authority' || kind === 'keypair') && !sources.has(`${part} ${id}`))
        sources.set(`${part} ${id}`, path);
    }
  }
  return sources;
}

/** Whose each fingerprint is. */
export function ownersIn(entries: Iterable<Entry>): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const { holds } of entries) {
    for (const { id, part, fingerprint } of holds) {
      const key = `${part} ${fingerprint}`;
      if (!owners.has(key)) owners.set(key, id);
    }
  }
  return owners;
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function bytesEqual(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
