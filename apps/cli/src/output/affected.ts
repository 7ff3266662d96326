import type { Affected } from '@kubepki/core';
import { groupBy } from '../group.ts';
import { listed } from './words.ts';

/** Which processes have to be restarted for what is written, and which take it up by themselves. */
export function affectedTexts(affected: readonly Affected[]): readonly string[] {
  const stale = affected.filter(({ how }) => how === 'restart');
  const fresh = affected.filter(({ how }) => how === 'rereads');
  return [
    ...(stale.length === 0 ? [] : [`then restart ${processLines(stale)}`]),
    ...(fresh.length === 0 ? [] : [rereadText(processLines(fresh))]),
  ];
}

/** That nothing is to be done for those who take up new files by themselves. */
export function rereadText(who: string): string {
  return `no restart is needed of ${who}: within five minutes they read it themselves`;
}

/** `etcd on cp-1, cp-2; kubelet on cp-1`. */
export function processLines(processes: readonly Pick<Affected, 'process' | 'node'>[]): string {
  const groups = groupBy(processes, ({ process }) => process);
  return [...groups].map(([process, ones]) => `${process} on ${listed(ones.map(({ node }) => node))}`).join('; ');
}
