import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { docsOf } from './entry.ts';
import { format } from './format.ts';
import { pages } from './pages.ts';
import { openSources, type PublicName } from './sources.ts';
import { root } from './workspace.ts';

export const folder = join(root, 'docs/reference');

/** Every page as it is to be, every public name, and those that have no docstring. */
export type Reference = {
  readonly files: ReadonlyMap<string, string>;
  readonly names: readonly string[];
  readonly undocumented: readonly string[];
};

/** Makes the reference from the sources. */
export async function reference(): Promise<Reference> {
  const sources = openSources();
  try {
    const files = [...(await pages(sources))].map(([file, text]) => [file, format(text)] as const);
    const full = ({ name, of }: PublicName) => `${of.name} ${name}`;
    const bare = sources.names.filter((one) => docsOf(one, sources) === '');
    return { files: new Map(files), names: sources.names.map(full), undocumented: bare.map(full) };
  } finally {
    sources.close();
  }
}

/** The pages that are missing, differ or are too many. */
export function stale(files: Reference['files']): readonly string[] {
  const there = existsSync(folder) ? readdirSync(folder) : [];
  const missing = [...files.keys()].filter((file) => !there.includes(file));
  const differs = (file: string) => readFileSync(join(folder, file), 'utf8') !== files.get(file);
  return [...missing, ...there.filter(differs)].sort();
}
