import { mkdtemp, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Emitter, processes, type Tree } from '@kubepki/core';
import { packTar, type TarEntry } from 'modern-tar';

/** Beside the certificates of a node, the flags by which each of its processes finds them. */
export const flagFiles: Emitter = {
  name: 'flag-files',
  *files({ node }, { plan, layout }) {
    for (const { node: its, process, flags } of processes(plan, layout).processes) {
      if (its !== node || Object.keys(flags).length === 0) continue;
      const path = `nodes/${node}/etc/kubernetes/flags/${process}`;
      yield { path, mode: 0o644, secret: false, holds: [], content: flags };
    }
  },
  render: ({ content }) =>
    Object.entries(content ?? {}).reduce((text, [flag, value]) => `${text}${flag}=${value}\n`, ''),
  read: () => [],
};

/** A tar for each node, to be unpacked at its `/`, and one for the rest. Their folder is there as a whole or not at all. */
export function nodeTars(folder: string): Tree {
  const tars = new Map<string, TarEntry[]>();
  let staging: string | undefined;
  const add = (path: string, entry: (name: string) => TarEntry) => {
    const [, node, inside] = /^nodes\/([^/]+)\/(.+)$/.exec(path) ?? [];
    const tar = node === undefined ? 'cluster.tar' : `node-${node}.tar`;
    tars.set(tar, [...(tars.get(tar) ?? []), entry(inside ?? path)]);
  };
  return {
    async write({ path, mode }, text) {
      const size = Buffer.byteLength(text);
      add(path, (name) => ({ header: { name, mode, size, type: 'file', uid: 0, gid: 0 }, body: text }));
    },
    async link({ path, link }) {
      add(path, (name) => ({
        header: { name, mode: 0o777, size: 0, type: 'symlink', linkname: link, uid: 0, gid: 0 },
      }));
    },
    async keep({ path }) {
      throw new Error(`${path}: each run makes everything anew`);
    },
    current: () => undefined,
    async commit() {
      staging = await mkdtemp(`${folder}.`);
      for (const [name, entries] of tars) {
        const file = await open(join(staging, name), 'wx', 0o600);
        await file.writeFile(await packTar(entries));
        await file.sync();
        await file.close();
      }
      await rename(staging, folder);
      staging = undefined;
    },
    async abort() {
      if (staging !== undefined) await rm(staging, { recursive: true });
    },
  };
}
