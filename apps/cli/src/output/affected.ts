import type { Affected } from '@kubepki/core';
import { groupBy } from '../group.ts';
import { listed } from './words.ts';

/** Which processes have to be restarted for what is written, and which take it up by themselves. */
export function affectedLines(affected: readonly Affected[]): readonly string[] {
  const stale = affected.filter(({ how }) => how === 'restart');
  const fresh = affected.filter(({ how }) => how === 'rereads');
  return [
    ...(stale.length === 0 ? [] : [`  then restart ${processLines(stale)}`]),
    ...(fresh.length === 0
      ? []
      : [`  no restart is needed of ${processLines(fresh)}: within five minutes they read it themselves`]),
  ];
}

/** `etcd on cp-1, cp-2; kubelet on cp-1`. */
export function processLines(affected: readonly Affected[]): string {
  const groups = groupBy(affected, ({ process }) => process);
  return [...groups].map(([process, ones]) => `${process} on ${listed(ones.map(({ node }) => node))}`).join('; ');
}
