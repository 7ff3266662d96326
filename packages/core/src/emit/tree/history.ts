import { join } from 'node:path';
import { PkiError } from '../../error.ts';
import { inspect } from './folder.ts';
import { folderView } from './folder-view.ts';
import { currentGeneration, generationNumbers, generationPath, readGeneration } from './generation.ts';
import type { TreeView } from './tree.ts';

/** A generation as it was read. */
export type ReadGeneration = {
  readonly view: TreeView;
  /** When it was made, in ISO 8601; unknown where it was made before that was noted. */
  readonly made?: string;
};

/** A generation that is kept in an output folder: what is in it, or why that cannot be told. */
export type Generation = { readonly number: number; readonly current: boolean } & (
  | ReadGeneration
  | { readonly problem: string }
);

/**
 * The generations that an output folder keeps, the lowest first, by their manifests and plans alone. They are read
 * one by one, so that memory holds what its reader holds. Nothing is written.
 * @throws PkiError where the folder is not one of kubepki's
 */
export function* generations(folder: string): Generator<Generation> {
  const { cluster } = inspect(folder);
  const current = currentGeneration(folder);
  for (const number of generationNumbers(folder)) {
    const head = { number, current: number === current };
    try {
      yield { ...head, ...viewGeneration(folder, { generation: number, cluster }) };
    } catch (error) {
      if (!(error instanceof PkiError)) throw error;
      yield { ...head, problem: error.message };
    }
  }
}

/** A generation by its number, current or not. @throws PkiError OUTPUT_BROKEN where it is not as kubepki wrote it */
export function viewGeneration(
  folder: string,
  { generation, cluster }: { readonly generation: number; readonly cluster: string | undefined },
): ReadGeneration {
  const { manifest, plan } = readGeneration(folder, { generation, cluster });
  const view = folderView(join(folder, generationPath(generation)), {
    plan,
    generation,
    entries: new Map(manifest.files.map((entry) => [entry.path, entry])),
    links: new Map(manifest.links.map(({ path, link }) => [path, link])),
  });
  return manifest.made === undefined ? { view } : { view, made: manifest.made };
}
