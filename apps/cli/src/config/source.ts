import { dirname, resolve } from 'node:path';
import { clusterSource } from '@kubepki/presets';
import { usage } from '../failure.ts';
import type { Args } from '../options.ts';
import { shown } from '../shell.ts';
import { readInput, readStdin } from '../source.ts';
import type { LoadedConfig } from './load.ts';

/** A cluster as it is written, in a file's text or as a value. */
export type Source = ({ readonly text: string } | { readonly value: object }) & {
  /** Its name in messages. */
  readonly fileName: string;
  /** The folder from which its paths count. */
  readonly folder: string;
};

/** Where the cluster of a run is written: in the file that is named, in what the config says, or in `cluster.yaml`. */
export async function readSource(args: Pick<Args, 'file'>, config: LoadedConfig | undefined): Promise<Source> {
  if (config?.cluster === undefined) return readFile(args.file ?? 'cluster.yaml');
  refuseTwice(args, config);
  const source = await clusterSource(config);
  if (source === undefined) return readFile('cluster.yaml');
  if ('value' in source) return { ...source, fileName: `${config.fileName}: cluster`, folder: config.folder };
  return readFile(shown(resolve(config.folder, source.path)), `\`cluster\` in ${config.fileName} names it`);
}

function readFile(
  path: string,
  hint = '`kubepki init` writes one to start from (with --from DIR one for a PKI that is there); -f names another',
): Source {
  if (path === '-') return { text: readStdin('cluster file'), fileName: 'stdin', folder: '.' };
  return { text: readInput(path, { what: 'cluster file', hint }), fileName: path, folder: dirname(path) };
}

function refuseTwice({ file }: Pick<Args, 'file'>, { cluster, folder, fileName }: LoadedConfig): void {
  if (file === undefined) return;
  if (typeof cluster === 'string' && file !== '-' && resolve(folder, cluster) === resolve(file)) return;
  throw usage(
    'CLUSTER_TWICE',
    `the cluster is named twice: by -f ${file}, and by \`cluster\` in ${fileName}`,
    'leave out -f, or take no config with --no-config',
  );
}
