import { join } from 'node:path';
import { foldersOf, lookAt, type Problem } from '@kubepki/core';

/** Each folder that paths lie in, once, the outermost first. */
export function foldersAround(paths: Iterable<string>): readonly string[] {
  const folders = new Set<string>();
  for (const path of paths) for (const folder of foldersOf(path)) folders.add(folder);
  return [...folders].sort();
}

/** The folders of these that are missing, and those that nothing is written into: links, other users', such as everybody may write into. */
export function inspectFolders(
  root: string,
  folders: readonly string[],
): { readonly missing: readonly string[]; readonly problems: readonly Problem[] } {
  const missing: string[] = [];
  const problems: Problem[] = [];
  for (const folder of folders) {
    const path = join(root, folder);
    const stats = lookAt(path);
    if (stats === undefined) missing.push(folder);
    else if (!stats.isDirectory()) {
      const link = stats.isSymbolicLink();
      const hint = link ? { hint: 'no link is followed; mount a folder there instead (mount --bind)' } : {};
      problems.push({
        where: path,
        message: `it is ${link ? 'a link' : 'no folder'}, and a folder is to be there`,
        ...hint,
      });
    } else problems.push(...foreign(path, stats));
  }
  return { missing, problems };
}

function* foreign(path: string, { uid, mode }: { readonly uid: number; readonly mode: number }): Generator<Problem> {
  const own = process.getuid?.() ?? uid;
  if (uid !== own && uid !== 0) yield { where: path, message: `it belongs to another user (uid ${uid})` };
  if ((mode & 0o1002) === 0o002)
    yield { where: path, message: 'everybody may write into it', hint: `chmod o-w ${path}` };
}
