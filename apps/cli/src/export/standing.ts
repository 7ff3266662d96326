import type { Item } from './contents.ts';

/** Folders that a machine has anyway, with modes of its own: an entry for one would change them. */
const standing = new Set(['etc/kubernetes', 'var/lib', 'var/lib/kubelet']);

/** The folders that are a node's for what is put there. */
export function ownFolders(items: readonly Item[]): readonly Extract<Item, { kind: 'folder' }>[] {
  return items.filter((item) => item.kind === 'folder').filter(({ path }) => path.includes('/') && !standing.has(path));
}
