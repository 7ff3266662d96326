import { realpathSync } from 'node:fs';
import { openOutput, PkiError } from '@kubepki/core';
import type { Watched } from '../watched.ts';
import { watchedTree } from './watched-tree.ts';

/** An output folder of kubepki, and its generation that is current. */
export type StatusTree = { readonly folder: string; readonly cluster: string; readonly generation: number };

/** What the current generation of an output folder has. @throws PkiError where there is none, or it is broken */
export function readTree(folder: string): { readonly tree: StatusTree; readonly watched: readonly Watched[] } {
  const { plan, entries, generation } = openOutput({ folder: realpathSync(folder), write: false });
  if (plan !== undefined) {
    return {
      tree: { folder, cluster: plan.cluster.name, generation },
      watched: watchedTree({ plan, entries, folder }),
    };
  }
  throw new PkiError('TREE_EMPTY', `${folder} has no PKI yet`, {
    hint: 'kubepki generate makes one; files of others are named: kubepki status /etc/kubernetes',
  });
}
