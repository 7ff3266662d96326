import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { kubepki } from './kubepki.ts';
import { scratch } from './scratch.ts';

const cluster = {
  controlPlaneEndpoint: 'api.example.com',
  nodes: [
    { name: 'cp-1', roles: ['control-plane'], addresses: ['10.0.0.11'] },
    { name: 'w-1', roles: ['worker'], addresses: ['10.0.0.31'] },
  ],
};
// What every machine has, with modes that nobody would make by accident, and what packages add to it.
const bare: Folders = [
  ['', 0o751],
  ['etc', 0o755],
  ['var', 0o711],
  ['var/lib', 0o1755],
];
const packaged: Folders = [
  ['etc/kubernetes', 0o775],
  ['var/lib/kubelet', 0o750],
];
type Folders = readonly [path: string, mode: number][];

for (const [node, folders, machine] of [
  ['cp-1', [...bare, ...packaged], 'a machine with packages of Kubernetes'],
  ['w-1', bare, 'a bare machine'],
] as const) {
  test(`The files of ${node} go onto ${machine} by tar, and its own folders stay as they are`, (t) => {
    const cwd = scratch(t);
    writeFileSync(join(cwd, 'cluster.yaml'), JSON.stringify(cluster));
    kubepki(['generate', '-o', 'pki'], { cwd });
    const root = join(cwd, 'root');
    for (const [path, mode] of folders) makeFolder(join(root, path), mode);
    const look = () => folders.map(([path]) => ownership(join(root, path)));
    const before = look();

    const input = kubepki(['export', node, '-o', 'pki'], { cwd });
    const tar = spawnSync('tar', ['-xp', '-C', root], { input, encoding: 'utf8' });

    t.deepEqual({ status: tar.status, stderr: tar.stderr }, { status: 0, stderr: '' });
    t.deepEqual(look(), before);
    t.deepEqual(contents(root), contents(join(cwd, 'pki/current/nodes', node)));
  });
}

const asRoot = process.getuid?.() === 0;

function makeFolder(folder: string, mode: number) {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, mode);
  if (asRoot) chownSync(folder, 1234, 1234);
}

function ownership(path: string) {
  const { mode, uid, gid } = lstatSync(path);
  return { mode: mode.toString(8), uid, gid };
}

/** Files and links with their bytes, modes and owners, and the modes of folders that a machine has not already. */
function contents(root: string): Record<string, unknown> {
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' });
  const own = paths.filter((path) => ![...bare, ...packaged].some(([known]) => known === path)).sort();
  return Object.fromEntries(own.map((path) => [path, contentOf(join(root, path))]));
}

function contentOf(path: string) {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return { link: readlinkSync(path) };
  const content = stat.isDirectory() ? {} : { sha256: createHash('sha256').update(readFileSync(path)).digest('hex') };
  return { ...ownership(path), ...content };
}
