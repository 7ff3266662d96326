import type { Verified } from '@kubepki/verify';
import { count } from './words.ts';

/** `145 files, 212 connections`: how much was verified. */
export function extent({ files, connections: { counts } }: Pick<Verified, 'files' | 'connections'>): string {
  const tried = counts.needed + counts.possible + counts.refused + counts.wrong;
  return `${count(files.files, 'file')}, ${count(tried, 'connection')}`;
}

/** How much was verified, for machines. */
export function extentJson({ files, connections: { counts } }: Pick<Verified, 'files' | 'connections'>) {
  return {
    files: files.files,
    connections: counts.needed + counts.possible + counts.refused + counts.wrong,
  };
}
