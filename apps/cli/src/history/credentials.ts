import type { TreeView } from '@kubepki/core';

/** What a manifest knows of a credential: what it is told by, and its end. */
export type Known = { readonly fingerprint: string; readonly notAfter?: Date };

/** How two generations differ, by the ids of their credentials. */
export type Difference = {
  readonly made: readonly string[];
  readonly remade: readonly string[];
  readonly dropped: readonly string[];
};

/** The credentials of a generation by id, by its manifest alone. One with a certificate is told by that, another by its key. */
export function credentialsOf({ entries }: Pick<TreeView, 'entries'>): ReadonlyMap<string, Known> {
  const found = new Map<string, Known>();
  for (const { holds } of entries.values()) {
    for (const { id, part, fingerprint, notAfter } of holds) {
      if (part !== 'certificate' && found.has(id)) continue;
      found.set(id, { fingerprint, ...(notAfter === undefined ? {} : { notAfter: new Date(notAfter) }) });
    }
  }
  return found;
}

/** What was made, made anew and dropped between two generations. */
export function differenceOf(before: ReadonlyMap<string, Known>, after: ReadonlyMap<string, Known>): Difference {
  const ids = [...after.keys()];
  return {
    made: ids.filter((id) => !before.has(id)),
    remade: ids.filter((id) => before.has(id) && before.get(id)?.fingerprint !== after.get(id)?.fingerprint),
    dropped: [...before.keys()].filter((id) => !after.has(id)),
  };
}
