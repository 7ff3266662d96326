import { unlinkSync } from 'node:fs';
import { memoryTree, openOutput } from '@kubepki/core';
import test from 'ava';
import { testTree, verified } from './testing/tree.ts';

const cp = 'nodes/cp-1/etc/kubernetes';
const _w = 'nodes/w-1';

for (const more of [
  {},
  { profile: 'kubeadm' },
  { layout: { tree: 'flat' } },
  { authorities: 'single' },
  { emitters: { secrets: true } },
]) {
  test(`A tree of ${JSON.stringify(more)} is as planned`, async (t) => {
    const { folder } = await testTree(t, more);
    const { problems, files, certificates, keysAway, unread } = await verified(folder);
    t.deepEqual({ problems, keysAway, unread }, { problems: [], keysAway: [], unread: {} });
    t.is(files, openOutput({ folder, write: false }).entries.size);
    t.true(certificates > 15);
  });
}

test('Authorities’ keys that are taken away are fine, and a copy that is gone while the key is there is not', async (t) => {
  const { folder, path } = await testTree(t);
  unlinkSync(path(`${cp}/pki/ca.key`));
  t.regex(
    (await verified(folder)).problems.map(({ where, message }) => `${where} ${message}`).join(),
    /^nodes\/cp-1\S+ca\.key it is missing$/,
  );
  for (const name of ['ca', 'front-proxy-ca', 'etcd/ca']) unlinkSync(path(`authorities/${name}.key`));
  const { problems, keysAway } = await verified(folder);
  t.deepEqual(problems, []);
  t.deepEqual([...keysAway].sort(), ['ca', 'etcd/ca', 'front-proxy-ca']);
});

test('A tree that is over says so of each of its certificates, but not of what was kept', async (t) => {
  const { folder } = await testTree(t);
  const plan = openOutput({ folder, write: false }).plan;
  const now = new Date(Date.now() + 366 * 86_400_000);
  const { problems } = await verified(folder, { now });
  const leaves = plan?.specs.filter(({ kind }) => kind === 'leaf').map(({ id }) => id) ?? [];
  t.deepEqual(problems.map(({ check, where }) => `${check} ${where}`).sort(), leaves.map((id) => `time ${id}`).sort());
  const kept = new Set(leaves.slice(1));
  t.is((await verified(folder, { now, kept })).problems.length, 1);
  const early = await verified(folder, { now: new Date(Date.now() - 86_400_000) });
  t.true(early.problems.every(({ check, message }) => check === 'time' && message.includes('begins')));
  t.is(early.problems.length, leaves.length + 3);
});

test('Without a layout a tree is checked by what its manifest and its plan say', async (t) => {
  const { folder, read, write } = await testTree(t);
  const unknown = { layout: undefined, exact: [] };
  t.deepEqual((await verified(folder, unknown)).problems, []);
  write(`${cp}/pki/ca.crt`, read(`${cp}/pki/ca.crt`).repeat(2));
  write(`${cp}/kubelet.conf`, read(`${cp}/kubelet.conf`).replace('10.0.0.11', '10.0.0.12'));
  const checks = (await verified(folder, unknown)).problems.map(({ check }) => check);
  t.deepEqual([...new Set(checks)].sort(), ['changed', 'kubeconfig', 'signing']);
});

test('Files of an unknown emitter are checked by hash and mode, and counted', async (t) => {
  const { folder, write, read, chmod } = await testTree(t, { emitters: { secrets: { include: ['front-proxy-ca'] } } });
  const view = openOutput({ folder, write: false });
  const path = [...view.entries.values()].find(({ emitter }) => emitter === 'secrets')?.path ?? '';
  const without = { emitters: [] };
  t.is((await verified(folder, without)).unread.secrets, 1);
  t.deepEqual((await verified(folder, without)).problems, []);
  write(path, `${read(path)}# x\n`);
  chmod(path, 0o640);
  t.deepEqual((await verified(folder, without)).problems.map(({ check }) => check).sort(), ['changed', 'mode']);
});

test('It reads each file once, and stops when it is told to', async (t) => {
  const { folder } = await testTree(t);
  const view = openOutput({ folder, write: false });
  const reads: string[] = [];
  const counting = {
    ...view,
    read: (path: string) => {
      reads.push(path);
      return view.read(path);
    },
  };
  const { files } = await verified(folder, { view: counting });
  t.is(reads.length, files);
  t.is(new Set(reads).size, files);
  await t.throwsAsync(verified(folder, { signal: AbortSignal.abort(new Error('stopped')) }), { message: 'stopped' });
});

test('A tree without a plan is refused', async (t) => {
  const { folder } = await testTree(t);
  const view = { ...memoryTree().view({} as never), plan: undefined };
  await t.throwsAsync(verified(folder, { view }), { code: 'TREE_EMPTY' });
});
