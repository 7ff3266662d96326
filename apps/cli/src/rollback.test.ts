import { spawnSync } from 'node:child_process';
import { readlinkSync, writeFileSync } from 'node:fs';
import test from 'ava';
import { two } from './testing/program.ts';
import { type Grown, grownDesk } from './testing/trees.ts';
import { typed } from './testing/typed.ts';

/** A desk with a second generation, in which a worker has another address. */
async function twice(own: Grown): Promise<Grown> {
  const [control, worker] = two.nodes;
  own.write('cluster.yaml', { ...two, nodes: [control, { ...worker, addresses: ['10.0.0.99'] }] });
  const { status, stderr } = await typed(own, ['generate', '--no-verify']);
  if (status !== 0) throw new Error(stderr);
  return own;
}

test.serial(
  'The generation before the current one is current again, whole, and the next run compares with it',
  async (t) => {
    const own = await twice(await grownDesk(t));
    const { status, stdout } = await typed(own, ['rollback']);
    t.is(status, 0);
    t.regex(
      stdout,
      /^two: generation 1 of [\d-]+ is current again, no longer 2, in pki\/current\n {2}these come back: kubelet\/server@w-1; the next generate compares with this generation\n$/,
    );
    t.is(readlinkSync(own.path('pki/current')), 'generations/0001');
    t.is((await typed(own, ['verify'])).status, 0);
    t.regex((await typed(own, ['generate', '--dry-run'])).stdout, /kubelet\/server@w-1/);
    const forward = JSON.parse((await typed(own, ['rollback', '2', '--json'])).stdout);
    t.like(forward, { from: 1, to: 2, ended: [], authorities: [] });
    t.deepEqual(forward.changes, { made: [], remade: ['kubelet/server@w-1'], dropped: [] });
  },
);

const refusals: Readonly<Record<string, readonly [args: readonly string[], status: number, says: RegExp]>> = {
  'an unknown one': [['7'], 64, /there is no generation 7 in pki[\s\S]*it has 1, 2/],
  'the current one': [['2'], 64, /generation 2 of pki is current already/],
  'no number': [['two'], 64, /"two" is no number of a generation/],
  'none before the first': [['-o', 'first'], 64, /there is no generation before the current one in first/],
  'a folder with nothing': [['-o', 'nowhere'], 64, /it has no generation yet/],
};
test.serial('What cannot be gone back to is refused, and nothing is changed', async (t) => {
  const own = await twice(await grownDesk(t));
  spawnSync('cp', ['-a', 'pki', 'first'], { cwd: own.cwd });
  t.is((await typed(own, ['rollback', '-o', 'first'])).status, 0);
  own.write('pki/generations/0001/nodes/w-1/etc/kubernetes/pki/ca.crt', 'mine');
  const before = own.look();
  for (const [what, [args, wanted, says]] of Object.entries(refusals)) {
    const { status, stdout, stderr } = await typed(own, ['rollback', ...args]);
    t.deepEqual({ what, status, stdout }, { what, status: wanted, stdout: '' });
    t.regex(stderr, says);
  }
  const { status, stderr } = await typed(own, ['rollback', '1']);
  t.is(status, 65);
  t.regex(stderr, /generation 1 is not as kubepki wrote it[\s\S]*ca\.crt: it was changed since kubepki wrote it/);
  t.deepEqual(own.look(), before);
});

test.serial('What has ended meanwhile is told, and an authority that is another one', async (t) => {
  const own = await twice(await grownDesk(t));
  const path = 'pki/generations/0001/manifest.json';
  const text = own.read(path);
  const entry = text.split('\n').find((line) => line.includes('"users/admin.conf"')) ?? '';
  const ended = entry.replace(/"notAfter":"\d{4}/g, '"notAfter":"2001');
  const other = (line: string) =>
    line.replace(/("id":"ca","part":"certificate","fingerprint":")../g, (_, start) => `${start}00`);
  writeFileSync(own.path(path), other(text.replace(entry, ended)));
  const { status, stdout } = await typed(own, ['rollback', '1']);
  t.is(status, 0);
  t.regex(stdout, /ended meanwhile: .*admin.*; kubepki renew makes them again/);
  t.regex(
    stdout,
    /other authorities or keys than before: ca; what the one generation signed is not trusted by the other/,
  );
});
