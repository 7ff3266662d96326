import type { Entry } from '@kubepki/core';
import type { Context } from './context.ts';

export const anew = 'remove its files and run `kubepki generate`, which makes certificate and key anew';
export const never = 'bring the right one back from a backup, since kubepki never makes it a second time';

/** What brings a file back as it was. */
export function remedy({ path, holds }: Pick<Entry, 'path' | 'holds'>, { sources }: Pick<Context, 'sources'>): string {
  return holds.some(({ id, part }) => part !== 'public' && sources.get(`${part} ${id}`) === path)
    ? 'bring it back from a backup or from a node, since kubepki never makes it a second time'
    : 'bring back what was there, or remove it and run `kubepki generate`, which makes it again';
}
