import { readdir, readFile } from 'node:fs/promises';
import { type Emitter, type MemoryTree, memoryTree, newFolder, processes } from '@kubepki/core';
import { packTar, type TarEntry, type TarHeader, unpackTar } from 'modern-tar';

/** Beside the certificates of a node, the flags by which each of its processes finds them. */
export const flagFiles: Emitter = {
  name: 'flag-files',
  *files({ node }, { plan, layout }) {
    for (const { process, flags } of processes(plan, layout).processes.filter((one) => one.node === node)) {
      const lines = Object.entries(flags).map(([flag, value]) => `${flag}=${value}\n`);
      yield { path: `nodes/${node}/etc/default/${process}`, mode: 0o644, secret: false, holds: [], content: lines };
    }
  },
  render: ({ content }) => (content as readonly string[]).join(''),
};

/** A tar for each node, to be unpacked at its `/`, and one for the rest. Their folder is there as a whole or not at all. */
export function nodeTars(path: string): MemoryTree {
  const folder = newFolder(path);
  const memory = memoryTree();
  return { ...memory, commit: async () => folder.write(await tarsOf(memory)) };
}

function tarsOf({ files, links }: MemoryTree) {
  const tars = new Map<string, TarEntry[]>();
  const add = (path: string, header: Omit<TarHeader, 'name'>, body?: string) => {
    const [tar = '', ...names] = placeOf(path).split('/');
    tars.set(tar, [...(tars.get(tar) ?? []), { header: { ...header, name: names.join('/') }, body }]);
  };
  for (const [path, { mode, text }] of files) add(path, { mode, size: Buffer.byteLength(text) }, text);
  for (const [path, linkname] of links) add(path, { mode: 0o777, size: 0, type: 'symlink', linkname });
  return Promise.all([...tars].map(async ([tar, entries]) => [tar, await packTar(entries)] as const));
}

/** The texts in the tars, by the paths that they had in the tree. */
export async function readTars(folder: string): Promise<(path: string) => string> {
  const texts = new Map<string, string>();
  for (const tar of await readdir(folder))
    for (const { header, data } of await unpackTar(await readFile(`${folder}/${tar}`)))
      texts.set(`${tar}/${header.name}`, Buffer.from(data ?? []).toString());
  return (path) => texts.get(placeOf(path)) ?? '';
}

/** The tar that a file of the tree goes into, with its path there. */
function placeOf(path: string): string {
  return path.startsWith('nodes/') ? path.replace(/^nodes\/([^/]+)/, 'node-$1.tar') : `cluster.tar/${path}`;
}
