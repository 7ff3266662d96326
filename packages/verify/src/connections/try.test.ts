import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { existingTree, generate, openOutput, stagedTree } from '@kubepki/core';
import { assemble, clusterFileSchema, readClusterFile } from '@kubepki/presets';
import test from 'ava';
import { attempts, summarize, tryConnections } from './index.ts';
import { threeControlPlanes, two } from './testing/cluster-files.ts';
import { made } from './testing/pki.ts';

const pki = await made(two);
const find = async ({ id }: { readonly id: string }) => pki.credentials.get(id) ?? {};

test('a written tree is tried through what finds its credentials', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'kubepki-connections-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const { file, facts } = readClusterFile(threeControlPlanes, { schema: clusterFileSchema });
  const { plan, emitters, layout } = assemble(file, facts);
  const output = openOutput({ folder: join(folder, 'pki'), write: true });
  for await (const _ of generate({ plan, emitters, layout, tree: stagedTree(output, { cluster: 'example' }) }));
  output.close();

  const view = openOutput({ folder: join(folder, 'pki'), write: false });
  const existing = existingTree({ output: view, emitters });
  const { counts } = await summarize(tryConnections({ plan, find: (spec) => existing.find(spec) }));
  view.close();
  t.like(counts, { needed: 69, wrong: 0, untried: 0, elsewhere: 0 });
  t.is(counts.needed + counts.possible + counts.refused, [...attempts(plan)].length);
});

test('results come in the order of the attempts, each with its own', async (t) => {
  const order = [...attempts(pki.plan)];
  const results = [];
  for await (const { attempt } of tryConnections({ plan: pki.plan, find })) results.push(attempt);
  t.deepEqual(results, order);
});

test('nothing is looked for or tried until it is read, and little ahead', async (t) => {
  const asked: string[] = [];
  const results = tryConnections({
    plan: pki.plan,
    find: (spec) => {
      asked.push(spec.id);
      return find(spec);
    },
  });
  t.deepEqual(asked, []);
  await results.next();
  t.true(asked.length > 0 && !asked.includes('kube-proxy@w-1'));
  await results.return(undefined);
});

test('each credential is looked for once', async (t) => {
  const asked: string[] = [];
  const results = tryConnections({
    plan: pki.plan,
    find: (spec) => {
      asked.push(spec.id);
      return find(spec);
    },
  });
  for await (const _ of results);
  t.is(new Set(asked).size, asked.length);
});

test('no key of an authority is needed', async (t) => {
  const keyless = async ({ id }: { readonly id: string }) => {
    const { certificate, key, spec } = pki.credentials.get(id) ?? {};
    if (spec?.kind !== 'authority') return { ...(certificate && key ? { certificate, key } : {}) };
    return certificate ? { certificate } : {};
  };
  const { counts } = await summarize(tryConnections({ plan: pki.plan, find: keyless }));
  t.like(counts, { wrong: 0, untried: 0 });
});

test('it stops where the signal says so', async (t) => {
  const controller = new AbortController();
  const results = tryConnections({ plan: pki.plan, find, signal: controller.signal });
  await results.next();
  controller.abort(new Error('enough'));
  await t.throwsAsync(results.next(), { message: 'enough' });
  const late = tryConnections({ plan: pki.plan, find, signal: AbortSignal.abort(new Error('before')) });
  await t.throwsAsync(late.next(), { message: 'before' });
});

test('a fault of the one who finds is no verdict', async (t) => {
  const broken = async () => {
    throw new TypeError('a bug');
  };
  await t.throwsAsync(summarize(tryConnections({ plan: pki.plan, find: broken })), { message: 'a bug' });
});

test('no private key is in a result', async (t) => {
  const results = [];
  for await (const result of tryConnections({ plan: pki.plan, find })) results.push(result);
  t.false(JSON.stringify(results).includes('PRIVATE KEY'));
});
