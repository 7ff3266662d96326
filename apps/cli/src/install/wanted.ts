import { createHash } from 'node:crypto';
import { ownersOn, type Wanted } from '@kubepki/install';
import type { Contents } from '../export/contents.ts';

/** Folders that a machine has anyway. Where they are missing, as in an image that is being built, they are made as on any machine. */
const standing = new Set(['etc', 'etc/kubernetes', 'var', 'var/lib']);

/**
 * A node's contents as what is to lie under a folder, which stands for the node's `/`. For root files are of the owners
 * that are wanted, or root's; for others they are their own.
 */
export function wantedOf(
  { items }: Contents,
  { root, asRoot }: { readonly root: string; readonly asRoot: boolean },
): Wanted {
  const owners = asRoot ? ownersOn(root) : undefined;
  const modes = new Map(items.flatMap((item) => (item.kind === 'folder' ? [[item.path, item.mode]] : [])));
  return {
    files: items.flatMap((item) => {
      if (item.kind !== 'file') return [];
      const { path, mode, text } = item;
      const owner = owners?.(path, item);
      const file = { path, mode, sha256: createHash('sha256').update(text).digest('hex'), text: () => text };
      return [owner === undefined ? file : { ...file, owner }];
    }),
    links: items.flatMap((item) => (item.kind === 'link' ? [{ path: item.path, link: item.target }] : [])),
    folderMode: (path) => (standing.has(path) ? 0o755 : (modes.get(path) ?? 0o755)),
  };
}
