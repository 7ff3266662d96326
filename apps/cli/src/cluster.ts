import { resolve } from 'node:path';
import type { EmitterHost, Given, Problem } from '@kubepki/core';
import {
  type Assembled,
  assemble,
  clusterFileSchema,
  clusterFileSchemaOf,
  type Issuers,
  readClusterFile,
  readClusterValue,
} from '@kubepki/presets';
import { type LoadedConfig, loadConfig } from './config/load.ts';
import { readSource } from './config/source.ts';
import type { Args } from './options.ts';
import { readInput, readSecret } from './source.ts';

/** A cluster, read and put together. */
export type LoadedCluster = Omit<Assembled, 'warnings'> & {
  /** The name of the cluster file, or of what stands for it. */
  readonly fileName: string;
  /** The folder from which the file's own paths count. */
  readonly folder: string;
  /** What is odd about the file and about the plan. */
  readonly warnings: readonly Problem[];
  /** The config, where there is one, and who signs by it. */
  readonly config?: LoadedConfig;
  readonly issuers?: Issuers;
};

/** Reads the cluster of a run, and puts it together with what its config adds. @throws PkiError with everything that is wrong with it */
export async function loadCluster(args: Pick<Args, 'file' | 'config'>): Promise<LoadedCluster> {
  const config = await loadConfig(args);
  const source = await readSource(args, config);
  const { fileName, folder } = source;
  const options =
    config === undefined
      ? { fileName, schema: clusterFileSchema }
      : { fileName, schema: clusterFileSchemaOf(config.catalog), fixed: config.fixed };
  const { file, facts, warnings } =
    'value' in source ? readClusterValue(source.value, options) : readClusterFile(source.text, options);
  const assembled = assemble(file, facts, { ...config, host: secretsIn({ folder, fileName }) });
  return {
    ...assembled,
    fileName,
    folder,
    warnings: [...warnings.map((warning) => placed(warning, fileName)), ...assembled.warnings],
    ...(config === undefined ? {} : { config }),
    ...(config?.issuers === undefined ? {} : { issuers: config.issuers }),
  };
}

/** Lends emitters the secrets that the cluster file names. Their paths count from its folder. */
function secretsIn({ folder, fileName }: Pick<LoadedCluster, 'folder' | 'fileName'>): EmitterHost {
  return {
    readSecret: (path) =>
      readSecret(resolve(folder, path), {
        what: 'secret',
        hint: `\`emitters\` in ${fileName} asks for it; its path counts from the file's folder`,
      }),
  };
}

/** A warning with the file's name and its line in front of where it is. */
function placed({ line, where, ...warning }: Problem, fileName: string): Problem {
  return { where: line === undefined ? `${fileName}: ${where}` : `${fileName}:${line}: ${where}`, ...warning };
}

/** The texts of the authorities that somebody else made. Their paths count from the cluster file's folder. */
export function readGiven({
  given,
  folder,
  fileName,
}: Pick<LoadedCluster, 'given' | 'folder' | 'fileName'>): Readonly<Record<string, Given>> {
  return Object.fromEntries(
    Object.entries(given).map(([name, { certificate, key }]) => {
      const read = (path: string, what: string) =>
        readInput(resolve(folder, path), {
          what,
          hint: `authorities.${name} in ${fileName} names it; its paths count from the file's folder`,
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
