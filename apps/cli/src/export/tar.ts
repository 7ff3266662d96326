import { packTar, type TarEntry } from 'modern-tar';
import type { Contents, Item } from './contents.ts';
import { ownFolders } from './standing.ts';

/**
 * A node's contents as a tar, owned by root unless it is said otherwise, all of one time. It is made as a whole before its first byte is
 * written: a node's files are small, and a tar that breaks off would leave the node with half of them.
 */
export function tarOf({ items }: Contents, mtime: Date): Promise<Uint8Array> {
  const root = { uid: 0, gid: 0, uname: 'root', gname: 'root', mtime };
  const folders = new Set<Item>(ownFolders(items));
  const entries = items.flatMap((item): TarEntry[] => {
    if (item.kind === 'file') {
      const { path: name, mode, text, owner = 'root', group = 'root' } = item;
      const whose = { uid: numberOf(owner), gid: numberOf(group), uname: owner, gname: group };
      return [{ header: { ...root, ...whose, name, mode, type: 'file', size: Buffer.byteLength(text) }, body: text }];
    }
    if (item.kind === 'link') {
      return [{ header: { ...root, name: item.path, mode: 0o777, type: 'symlink', linkname: item.target, size: 0 } }];
    }
    return !folders.has(item)
      ? []
      : [{ header: { ...root, name: `${item.path}/`, mode: item.mode, type: 'directory', size: 0 } }];
  });
  return packTar(entries);
}

/** An owner that is given by a number; a name is for whoever unpacks the tar, and root's where nobody has it. */
function numberOf(owner: string): number {
  return /^\d+$/.test(owner) ? Number(owner) : 0;
}
