import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync } from 'node:fs';
import test from 'ava';
import { two } from './testing/program.ts';
import { type Grown, grownDesk } from './testing/trees.ts';
import { typed } from './testing/typed.ts';

const ca = 'nodes/w-1/etc/kubernetes/pki/ca.crt';
const key = 'authorities/ca.key';
const serving = 'nodes/w-1/var/lib/kubelet/pki/kubelet.crt';

/** What of the current generation is not in a folder, and the other way round. */
function differences({ cwd }: Grown, folder = 'place'): string {
  const left = ['plan.json', 'manifest.json', '.kubepki-in-place'].map((name) => `--exclude=${name}`);
  return spawnSync('diff', ['-r', '--no-dereference', ...left, 'pki/current', folder], { cwd, encoding: 'utf8' })
    .stdout;
}

function address(own: Grown, last: number): void {
  const [control, worker] = two.nodes;
  own.write('cluster.yaml', { ...two, nodes: [control, { ...worker, addresses: [`10.0.0.${last}`] }] });
}

test.serial(
  'A folder has the files of the tree at fixed names, and a later run writes what changed alone',
  async (t) => {
    const own = await grownDesk(t);
    own.write('cluster.yaml', two);
    const first = await typed(own, ['generate', '--in-place', 'place']);
    t.is(first.status, 0, first.stderr);
    t.regex(first.stdout, /in place in place: \d+ files written, 0 as they were/);
    t.is(differences(own), '');
    t.is(lstatSync(own.path('place', key)).mode & 0o777, 0o600);
    const before = own.look('place');
    const idle = await typed(own, ['generate', '--in-place', 'place']);
    t.regex(idle.stdout, /place has all files in place; none was written/);
    t.deepEqual(own.look('place'), before);
    address(own, 99);
    const json = JSON.parse((await typed(own, ['generate', '--no-verify', '--in-place', 'place', '--json'])).stdout);
    t.deepEqual(json.inPlace.written, [serving, serving.replace('.crt', '.key')]);
    t.is(differences(own), '');
    t.is(own.look('place')[ca], before[ca]);
    const back = await typed(own, ['rollback', '--in-place', 'place']);
    t.regex(back.stdout, /in place in place: 2 files written/);
    t.is(differences(own), '');
  },
);

test.serial('A file that was edited there stops a run before it makes anything', async (t) => {
  const own = await grownDesk(t);
  own.write('cluster.yaml', two);
  await typed(own, ['generate', '--in-place', 'place']);
  own.write(`place/${ca}`, 'mine');
  address(own, 99);
  const before = own.look();
  const { status, stdout, stderr } = await typed(own, ['generate', '--no-verify', '--in-place', 'place']);
  t.deepEqual([status, stdout], [65, '']);
  t.regex(stderr, /place\/nodes\/w-1\/etc\/kubernetes\/pki\/ca\.crt: it was changed since kubepki wrote it/);
  t.deepEqual(own.look(), before);
  const again = await typed(own, ['generate', '--no-verify', '--in-place', 'place', '--discard-edits']);
  t.is(again.status, 0, again.stderr);
  t.is(differences(own), '');
  own.write(`place/${key}`, 'mine');
  const authority = await typed(own, ['generate', '--no-verify', '--in-place', 'place', '--discard-edits']);
  t.is(authority.status, 65);
  t.notRegex(authority.stderr, /mine/);
});

test.serial('Files of somebody else in that folder stay, and a folder in the tree is refused', async (t) => {
  const own = await grownDesk(t);
  own.write('cluster.yaml', two);
  mkdirSync(own.path('place/authorities'), { recursive: true });
  own.write('place/mine', 'mine');
  own.write(`place/${key}`, 'mine');
  const [before, tree] = [own.look('place'), own.look('pki')];
  const { status, stderr } = await typed(own, ['generate', '--in-place', 'place']);
  t.is(status, 65);
  t.regex(stderr, /place\/authorities\/ca\.key: it is there already, and kubepki did not write it/);
  for (const folder of ['pki/place', '.', 'pki']) {
    const inside = await typed(own, ['generate', '--in-place', folder]);
    t.is(inside.status, 64, folder);
    t.regex(inside.stderr, /lie one in the other/);
  }
  address(own, 99);
  const early = await typed(own, ['generate', '--no-verify', '--in-place', 'place']);
  t.is(early.status, 65);
  t.notRegex(early.stderr, /is made and current/);
  own.write('cluster.yaml', two);
  t.deepEqual(own.look('pki'), tree);
  t.deepEqual(own.look('place'), before);
  await typed(own, ['generate', '--dry-run', '--in-place', 'other']);
  t.false(existsSync(own.path('other')));
});
