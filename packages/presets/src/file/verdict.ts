import type { z } from 'zod';
import type { Finding } from './problems.ts';
import type { ClusterFileSchema } from './schema.ts';

/** A finding, and whether the file can be used all the same. */
export type Verdict = Finding & { readonly level: 'error' | 'warning' };

/** The fields that the rules look at; one that is itself wrong is missing. */
export type Fields = Partial<Omit<z.output<ClusterFileSchema>, 'components' | 'emitters'>>;

/** The nodes of a file. */
export type Nodes = NonNullable<Fields['nodes']>;
/** What may not fit together in a file. */
export type Rule = (file: Fields, nodes: Nodes) => Iterable<Verdict>;

export function error(path: Finding['path'], message: string, hint?: string): Verdict {
  return { level: 'error', path, message, hint };
}

export function warning(path: Finding['path'], message: string, hint?: string): Verdict {
  return { level: 'warning', path, message, hint };
}
