import { generations, type TreeView } from '@kubepki/core';

/** What the generations that are kept say of files. */
export type KeptFiles = {
  /** Every file of each, as hash and path: kubepki wrote it, whoever put it where it lies. */
  readonly hashes: ReadonlySet<string>;
  /** The paths that hold the key of an authority or of service accounts, which no flag ever replaces. */
  readonly sources: ReadonlySet<string>;
};

/** Reads the manifests of an output folder when it is first asked what they say. */
export function keptFiles(folder: string): () => KeptFiles {
  let kept: KeptFiles | undefined;
  return () => {
    kept ??= read(folder);
    return kept;
  };
}

function read(folder: string): KeptFiles {
  const hashes = new Set<string>();
  const sources = new Set<string>();
  for (const one of generations(folder)) {
    if (!('view' in one)) continue;
    const ids = sourceIds(one.view);
    for (const { path, sha256, holds } of one.view.entries.values()) {
      hashes.add(`${sha256} ${path}`);
      if (holds.some(({ id, part }) => part === 'key' && ids.has(id))) sources.add(path);
    }
  }
  return { hashes, sources };
}

function sourceIds({ plan }: TreeView): ReadonlySet<string> {
  return new Set(plan?.specs.flatMap(({ id, kind }) => (kind === 'authority' || kind === 'keypair' ? [id] : [])));
}
