import { packTar, type TarEntry } from 'modern-tar';
import type { Contents } from './contents.ts';

/** Folders that a machine has anyway, with modes of its own: an entry for one would change them. */
const standing = new Set(['etc/kubernetes', 'var/lib', 'var/lib/kubelet']);

/**
 * A node's contents as a tar, owned by root unless it is said otherwise, all of one time. It is made as a whole before its first byte is
 * written: a node's files are small, and a tar that breaks off would leave the node with half of them.
 */
export function tarOf({ items }: Contents, mtime: Date): Promise<Uint8Array> {
  const root = { uid: 0, gid: 0, uname: 'root', gname: 'root', mtime };
  const entries = items.flatMap((item): TarEntry[] => {
    if (item.kind === 'file') {
      const { path: name, mode, text, owner = 'root', group = 'root' } = item;
      const whose = { uid: numberOf(owner), gid: numberOf(group), uname: owner, gname: group };
      return [{ header: { ...root, ...whose, name, mode, type: 'file', size: Buffer.byteLength(text) }, body: text }];
    }
    if (item.kind === 'link') {
      return [{ header: { ...root, name: item.path, mode: 0o777, type: 'symlink', linkname: item.target, size: 0 } }];
    }
    const stands = !item.path.includes('/') || standing.has(item.path);
    return stands ? [] : [{ header: { ...root, name: `${item.path}/`, mode: item.mode, type: 'directory', size: 0 } }];
  });
  return packTar(entries);
}

/** An owner that is given by a number; a name is for whoever unpacks the tar, and root's where nobody has it. */
function numberOf(owner: string): number {
  return /^\d+$/.test(owner) ? Number(owner) : 0;
}
