import type { Verified } from '@kubepki/verify';
import { count } from './words.ts';

type Extent = Pick<Verified, 'files' | 'connections'>;

/** `145 files, 212 connections`: how much was verified. */
export function extent(verified: Extent): string {
  const { files, connections } = extentJson(verified);
  return `${count(files, 'file')}, ${count(connections, 'connection')}`;
}

/** How much was verified, for machines. */
export function extentJson({ files, connections: { counts } }: Extent) {
  const connections = counts.needed + counts.possible + counts.refused + counts.wrong;
  return { files: files.files, connections };
}
