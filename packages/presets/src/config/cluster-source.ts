import { kindOf } from '@kubepki/core';
import { blame, blamingLater } from './blame.ts';
import type { ReadConfig } from './read-config.ts';

/** Where a cluster comes from: a file, by a path that counts from the config's folder, or a value of that file's form. */
export type ClusterSource = { readonly path: string } | { readonly value: object };

/** What a config says of the cluster; a function is called. @throws PkiError CONFIG_FAILED */
export async function clusterSource({
  cluster,
  fileName,
}: Pick<ReadConfig, 'cluster' | 'fileName'>): Promise<ClusterSource | undefined> {
  if (cluster === undefined) return undefined;
  const whose = { code: 'CONFIG_FAILED', who: `${fileName}: cluster`, hint };
  const found: unknown = typeof cluster === 'function' ? await blamingLater(cluster, whose) : cluster;
  if (typeof found === 'string' && found !== '') return { path: found };
  if (typeof found === 'object' && found !== null && !Array.isArray(found)) return { value: found };
  throw blame(`gives ${kindOf(found)}, where the path of a file or a cluster is expected`, whose);
}

const hint = 'mend the function, or name a cluster file with -f and take no config with --no-config';
