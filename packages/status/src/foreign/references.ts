import { statSync } from 'node:fs';
import type { Problem } from '@kubepki/core';
import { paced } from '../paced.ts';
import { type Contents, type Found, formatPlace, type Reference, readContents } from '../reader/index.ts';

/** The certificates in files that kubeconfigs name, and what cannot be read of them. */
export type Followed = Pick<Contents, 'found' | 'problems'> & {
  /** Names that lead nowhere here, as in a copy of another machine's kubeconfig. */
  readonly notes: readonly Problem[];
};

/** Reads the files that kubeconfigs name, each once. What is no plain file is not opened. */
export async function follow(references: readonly Reference[], signal?: AbortSignal): Promise<Followed> {
  const notes: Problem[] = [];
  const found: Found[] = [];
  const problems: Problem[] = [];
  const read = new Map<string, Contents | undefined>();
  for await (const reference of paced(references, signal)) {
    const { place, path } = reference;
    if (!read.has(path)) {
      read.set(path, lookInto(reference, notes));
      found.push(...(read.get(path)?.found ?? []));
      problems.push(...(read.get(path)?.problems ?? []));
    }
    // The first one is whom the kubeconfig means; what follows are authorities between.
    const [first] = read.get(path)?.found ?? [];
    if (first !== undefined) found.push({ place, der: first.der });
  }
  return { found, problems, notes };
}

function lookInto({ place, path }: Reference, notes: Problem[]): Contents | undefined {
  const wrong = (message: string): Contents => ({ found: [], references: [], problems: [{ where: path, message }] });
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) {
      notes.push({ where: formatPlace(place), message: `it names ${path}, which is not here` });
      return undefined;
    }
    if (!stats.isFile()) return wrong(`it is no plain file, and ${formatPlace(place)} names it`);
  } catch (error) {
    return wrong(
      `it cannot be looked at (${(error as NodeJS.ErrnoException).code}), and ${formatPlace(place)} names it`,
    );
  }
  const contents = readContents({ path, named: false });
  if (contents.found.length + contents.problems.length > 0) return contents;
  return wrong(`it holds no certificate, and ${formatPlace(place)} names it`);
}
