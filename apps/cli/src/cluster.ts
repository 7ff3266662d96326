import { dirname, resolve } from 'node:path';
import type { Given, Problem } from '@kubepki/core';
import { type Assembled, assemble, clusterFileSchema, readClusterFile } from '@kubepki/presets';
import { readInput, readStdin } from './source.ts';

/** A cluster file, read and put together. */
export type LoadedCluster = Omit<Assembled, 'warnings'> & {
  /** The folder from which the file's own paths count. */
  readonly folder: string;
  /** What is odd about the file and about the plan. */
  readonly warnings: readonly Problem[];
};

/** Reads a cluster file (`-` is stdin). @throws PkiError with everything that is wrong with it */
export function loadCluster(path: string): LoadedCluster {
  const stdin = path === '-';
  const hint = '`kubepki init` writes one to start from; -f names another';
  const text = stdin ? readStdin('cluster file') : readInput(path, { what: 'cluster file', hint });
  const fileName = stdin ? 'stdin' : path;
  const { file, facts, warnings } = readClusterFile(text, { fileName, schema: clusterFileSchema });
  const assembled = assemble(file, facts);
  return {
    ...assembled,
    folder: stdin ? '.' : dirname(path),
    warnings: [...warnings.map((warning) => placed(warning, fileName)), ...assembled.warnings],
  };
}

/** A warning with the file's name and its line in front of where it is. */
function placed({ line, where, ...warning }: Problem, fileName: string): Problem {
  return { where: line === undefined ? `${fileName}: ${where}` : `${fileName}:${line}: ${where}`, ...warning };
}

/** The texts of the authorities that somebody else made. Their paths count from the cluster file's folder. */
export function readGiven({ given, folder }: Pick<LoadedCluster, 'given' | 'folder'>): Readonly<Record<string, Given>> {
  return Object.fromEntries(
    Object.entries(given).map(([name, { certificate, key }]) => {
      const read = (path: string, what: string) =>
        readInput(resolve(folder, path), {
          what,
          hint: `authorities.${name} in the cluster file names it; its paths count from the file's folder`,
        });
      return [
        name,
        {
          certificate: read(certificate, 'certificate'),
          where: resolve(folder, certificate),
          ...(key === undefined ? {} : { key: read(key, 'key'), keyWhere: resolve(folder, key) }),
        },
      ];
    }),
  );
}
