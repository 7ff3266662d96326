import { chmodSync, chownSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { type Desk, desk, mountMemory, remount } from '../desk.ts';
import { nobody } from '../machine.ts';
import { illTold, kubepki, type RunOptions } from '../program.ts';
import { type Row, result } from '../row.ts';
import { must, tiny } from '../scenarios.ts';
import { pair } from '../traces.ts';

/** A place where nothing can be written, or not all of it: what is done there, and the path that the error names. */
type Bad = {
  readonly name: string;
  make(on: Desk): void | Promise<void>;
  args(on: Desk): readonly string[];
  readonly names: string;
  readonly by?: readonly string[];
};

const asNobody = ['setpriv', `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups'];
const generate = (to: string) => (on: Desk) => ['generate', '-o', on.path(to)];
const disk = (options: string) => (on: Desk) => void mountMemory(on.path('disk'), options);

const places: readonly Bad[] = [
  {
    name: 'a file system that is read-only (EROFS)',
    make: disk('ro,size=1m'),
    args: generate('disk/pki'),
    names: 'disk',
  },
  {
    name: 'a tree whose file system became read-only (EROFS)',
    async make(on) {
      mountMemory(on.path('disk'), 'size=1m,mode=0700');
      await must(['generate', '-o', on.path('disk/pki')], on);
      on.write('cluster.yaml', tiny('one', 'two'));
      remount(on.path('disk'), 'ro');
    },
    args: generate('disk/pki'),
    names: 'disk/pki',
  },
  {
    name: "another user's folder (EACCES)",
    make: (on) => mkdirSync(on.path('theirs')),
    args: generate('theirs/pki'),
    names: 'theirs',
    by: asNobody,
  },
  {
    name: "another user's tree (EACCES)",
    make: async (on) => void (await must(['generate', '-o', on.tree], on)),
    args: ({ tree }) => ['verify', tree],
    names: 'pki',
    by: asNobody,
  },
  {
    name: 'a link to itself on the way (ELOOP)',
    make: (on) => symlinkSync('loop', on.path('loop')),
    args: generate('loop/pki'),
    names: 'loop',
  },
  { name: 'a parent that is missing (ENOENT)', make: () => {}, args: generate('no/such/pki'), names: 'no/such' },
  {
    name: 'a parent that is a file (ENOTDIR)',
    make: (on) => on.write('file', 'mine'),
    args: generate('file/pki'),
    names: 'file',
  },
  { name: 'a file in its place', make: (on) => on.write('file', 'mine'), args: generate('file'), names: 'file' },
  {
    name: 'a name of 300 characters (ENAMETOOLONG)',
    make: () => {},
    args: generate('n'.repeat(300)),
    names: 'n'.repeat(300),
  },
  {
    name: 'a file system without inodes (ENOSPC)',
    make: disk('size=1m,nr_inodes=8,mode=0700'),
    args: generate('disk/pki'),
    names: 'disk/pki',
  },
  {
    name: 'a file system that is full (ENOSPC)',
    make(on) {
      mountMemory(on.path('disk'), 'size=64k,mode=0700');
      writeFileSync(on.path('disk/mine'), Buffer.alloc(60 * 1024));
    },
    args: generate('disk/pki'),
    names: 'disk/pki',
  },
  {
    name: 'in place on a file system that is read-only',
    make: disk('ro,size=1m'),
    args: (on) => ['generate', '-o', on.tree, '--in-place', on.path('disk/place')],
    names: 'disk/place',
  },
  {
    name: 'in place under a file',
    make: (on) => on.write('file', 'mine'),
    args: (on) => ['generate', '-o', on.tree, '--in-place', on.path('file/place')],
    names: 'file/place',
  },
  {
    name: "authorities' keys on a file system without inodes",
    make: disk('size=1m,nr_inodes=2,mode=0700'),
    args: (on) => ['generate', '-o', on.tree, '--authority-keys', on.path('disk/keys')],
    names: 'disk/keys',
  },
  {
    name: "authorities' keys under a folder that is missing",
    make: () => {},
    args: (on) => ['generate', '-o', on.tree, '--authority-keys', on.path('no/keys')],
    names: 'no',
  },
  {
    name: 'an export onto a file system that is full',
    async make(on) {
      on.write('cluster.yaml', pair);
      await must(['generate', '-o', on.tree], on);
      mountMemory(on.path('disk'), 'size=16k,mode=0700');
    },
    args: (on) => ['export', 'cp-1', 'w-1', on.path('disk/out'), '-o', on.tree],
    names: 'disk/out',
  },
  {
    name: 'an installation onto a file system that is full',
    async make(on) {
      on.write('cluster.yaml', pair);
      await must(['generate', '-o', on.tree], on);
      mountMemory(on.path('disk'), 'size=32k,mode=0700');
    },
    args: (on) => ['install', '--node', 'cp-1', '--root', on.path('disk'), '-o', on.tree],
    names: 'disk',
  },
  {
    name: 'metrics on a file system that is full',
    async make(on) {
      await must(['generate', '-o', on.tree], on);
      mountMemory(on.path('disk'), 'size=4k,mode=0700');
      writeFileSync(on.path('disk/mine'), Buffer.alloc(4096));
    },
    args: (on) => ['status', on.tree, '--metrics', on.path('disk/kubepki.prom')],
    names: 'disk',
  },
];

/** Places that nothing can be written to. */
export const badPlaces: Row = {
  rows: [7],
  what: 'places that nothing can be written to',
  needs: ['Linux', 'root', 'mount', 'setpriv'],
  async run() {
    const wrong: string[] = [];
    for (const place of places) wrong.push(...(await refusal(place)).map((one) => `${place.name}: ${one}`));
    const bad = new Set(wrong.map((one) => one.split(': ')[0])).size;
    return [
      result(
        {
          row: 7,
          what: 'read-only, full and other bad places',
          target: 'each is one error that names the path, exit 65 or 74, without a stack trace',
          measured: `${places.length - bad} of ${places.length}`,
        },
        { wrong, tried: places.length },
      ),
    ];
  },
};

async function refusal({ make, args, names, by }: Bad): Promise<readonly string[]> {
  const on = desk();
  on.write('cluster.yaml', tiny('one'));
  chmodSync(on.folder, 0o755);
  chownSync(on.path('cluster.yaml'), nobody, nobody);
  await make(on);
  const options: RunOptions = { cwd: on.folder, ...(by === undefined ? {} : { by }) };
  const ran = await kubepki(args(on), options);
  const lines = ran.stderr.trimEnd().split('\n');
  return [
    ...illTold(ran, on.path(names)),
    ...(ran.code === 65 || ran.code === 74 ? [] : [`exit ${ran.code}: ${ran.stderr}`]),
    ...(lines.length <= 2 ? [] : [`${lines.length} lines: ${ran.stderr}`]),
  ];
}
