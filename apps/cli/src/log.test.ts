import { readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import test from 'ava';
import { two } from './testing/program.ts';
import { type Grown, grownDesk } from './testing/trees.ts';
import { typed } from './testing/typed.ts';

/** A second and a third generation: another address, then a node less. */
async function grown(own: Grown, generations: number, ...args: string[]): Promise<void> {
  for (const number of Array.from({ length: generations }, (_, index) => index + 2)) {
    const [control, worker] = two.nodes;
    const nodes = number === 3 ? [control] : [control, { ...worker, addresses: [`10.0.1.${number}`] }];
    own.write('cluster.yaml', { ...two, nodes });
    const { status, stderr } = await typed(own, ['generate', '--no-verify', ...args]);
    if (status !== 0) throw new Error(stderr);
  }
}

test.serial('Generations are listed with what each changed, the latest first', async (t) => {
  const own = await grownDesk(t);
  await grown(own, 2);
  const before = own.look();
  const { status, stdout } = await typed(own, ['log']);
  t.is(status, 0);
  const [head, , third, gone, , second, remade, , first, ...all] = stdout.trimEnd().split('\n');
  t.is(head, 'two: 3 generations in pki');
  t.regex(third ?? '', /^\* 0003 {2}made \d{4}-\d\d-\d\dT[\d:]+Z: \d+ files, \d+ credentials, current$/);
  t.regex(gone ?? '', /^ {8}- kubelet\/client@w-1, kubelet\/server@w-1, kube-proxy@w-1$/);
  t.regex(second ?? '', /^ {2}0002 {2}made/);
  t.is(remade, '        ~ kubelet/server@w-1');
  t.regex(first ?? '', /^ {2}0001 {2}made/);
  t.regex(all.join(), /^ {8}\+ ca, etcd\/ca/);
  const json = JSON.parse((await typed(own, ['log', 'pki', '--json'])).stdout);
  t.like(json, { cluster: 'two', folder: 'pki' });
  t.deepEqual(
    json.generations.map(({ number, current }: { number: number; current: boolean }) => [number, current]),
    [
      [3, true],
      [2, false],
      [1, false],
    ],
  );
  t.like(json.generations[1].changes, { made: [], remade: ['kubelet/server@w-1'], dropped: [] });
  t.deepEqual(own.look(), before);
});

test.serial(
  'A generation that was made before instants were noted, and one that is broken, are listed too',
  async (t) => {
    const own = await grownDesk(t);
    await grown(own, 1);
    const manifest = own.path('pki/generations/0001/manifest.json');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(/"made":"[^"]*",/, ''));
    const { stdout } = await typed(own, ['log']);
    t.regex(stdout, /0001 {2}made at an unknown time/);
    t.is((await typed(own, ['verify'])).status, 0);
    unlinkSync(manifest);
    const broken = await typed(own, ['log']);
    t.is(broken.status, 0);
    t.regex(broken.stdout, /0001 {2}.*manifest\.json is missing/);
    t.regex(broken.stdout, /what it changed is not known/);
  },
);

test.serial('Three generations are kept unless it is said otherwise, and the current one always', async (t) => {
  const own = await grownDesk(t);
  const kept = async () =>
    JSON.parse((await typed(own, ['log', '--json'])).stdout).generations.map(
      ({ number }: { number: number }) => number,
    );
  await grown(own, 2);
  own.write('cluster.yaml', two);
  const { stdout } = await typed(own, ['generate', '--no-verify']);
  t.regex(stdout, /removed the oldest generation, 0001; --keep N keeps more/);
  t.deepEqual(await kept(), [4, 3, 2]);
  own.write('cluster.yaml', { ...two, controlPlaneEndpoint: 'b.example.com' });
  const json = JSON.parse((await typed(own, ['generate', '--no-verify', '--keep', '1', '--json'])).stdout);
  t.deepEqual(json.removedGenerations, [2, 3, 4]);
  t.deepEqual(await kept(), [5]);
  own.write('cluster.yaml', two);
  await typed(own, ['generate', '--no-verify', '--keep', 'all']);
  t.deepEqual(await kept(), [6, 5]);
  for (const keep of ['0', '-1', 'none', '1.5']) {
    const { status, stderr } = await typed(own, ['generate', `--keep=${keep}`]);
    t.is(status, 64, keep);
    t.regex(stderr, /is no number of generations/);
  }
});

test.serial('A folder without generations has no log', async (t) => {
  const own = await grownDesk(t);
  const { status, stderr } = await typed(own, ['log', 'nowhere']);
  t.is(status, 65);
  t.regex(stderr, /nowhere has no PKI yet/);
  t.is((await typed(own, ['log', 'pki', '-o', 'other'])).status, 64);
});
