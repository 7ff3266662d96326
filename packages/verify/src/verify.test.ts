import {
  authority,
  client,
  generate,
  keyPair,
  type Layout,
  makePlan,
  memoryTree,
  type PkiError,
  type Plan,
  server,
  type TreeView,
} from '@kubepki/core';
import { fixtureKeys, pemFiles, testCluster, testLayout } from '@kubepki/testkit';
import test from 'ava';
import { verifyStaged, verifyTree } from './verify.ts';

const day = 86_400;
const emitters = [pemFiles];
const layout: Layout = testLayout;

/** An authority under another, which both sign, and a server with two trusted authorities. */
const component = {
  name: 'three',
  *plan() {
    yield authority({ name: 'root', commonName: 'root', serves: ['top', 'x/client'] });
    yield authority({ name: 'middle', commonName: 'middle', issuer: 'top', serves: ['x/server'], validity: 100 * day });
    yield keyPair({ name: 'sa', serves: ['sa'] });
    yield client({
      name: 'reader',
      node: 'cp-1',
      issuer: 'x/client',
      commonName: 'reader',
      connects: [{ to: 'x', at: 'each' }],
    });
    const sans = { dns: ['x.example.com'], ips: ['10.0.0.11'] };
    yield server({
      name: 'x',
      node: 'cp-1',
      issuer: 'x/server',
      commonName: 'x',
      port: 1,
      sans,
      accepts: ['x/client', 'x/server'],
    });
  },
};

async function staged(verify: (view: TreeView, plan: Plan) => Promise<void>): Promise<void> {
  const keys = 'ecdsa-p256';
  const plan = makePlan({
    cluster: testCluster({ controlPlanes: 1, workers: 0 }),
    components: [component],
    profile: 'strict',
    keys: { authorities: keys, leaves: keys, serviceAccounts: keys },
    validity: { authorities: 365 * day, leaves: 30 * day },
    backdate: 300,
  });
  const tree = memoryTree();
  const run = generate({ plan, emitters, layout, tree, source: fixtureKeys(), verify: (view) => verify(view, plan) });
  for await (const _ of run);
}

test('A tree in memory is verified, with chains of several authorities', async (t) => {
  await staged(async (view, plan) => {
    const { problems, files, connections } = await verifyTree({ view, emitters, layout });
    t.deepEqual(problems, []);
    t.is(files.files, view.entries.size);
    t.is(files.certificates, plan.specs.filter(({ kind }) => kind === 'authority' || kind === 'leaf').length);
    t.true(connections.counts.needed > 0);
    t.is(connections.counts.untried, 0);
  });
});

test('What was staged and is not as planned is refused with all that is wrong', async (t) => {
  await t.notThrowsAsync(staged(verifyStaged({ emitters, layout })));
  const run = staged((view) => {
    const swapped = new Map([
      ['nodes/cp-1/x.key', 'nodes/cp-1/reader.key'],
      ['cluster/sa.pub', 'cluster/sa.key'],
    ]);
    return verifyStaged({ emitters, layout })({ ...view, read: (path) => view.read(swapped.get(path) ?? path) });
  });
  const error = await t.throwsAsync<PkiError>(run, { code: 'VERIFY_FAILED' });
  t.is(error?.fault, 'system');
  t.is(
    error?.message,
    `${error?.problems.length} things are not as planned in what was made, so nothing became current`,
  );
  t.true(
    ['x@cp-1', 'nodes/cp-1/x.key', 'cluster/sa.pub'].every((where) =>
      error?.problems.some((one) => one.where === where),
    ),
  );
});

test('A chain without the authority between is told', async (t) => {
  await staged(async (view) => {
    const short: TreeView = {
      ...view,
      read: (path) => {
        const text = view.read(path);
        const second = text.indexOf('-----BEGIN CERTIFICATE', 1);
        return path === 'nodes/cp-1/x.crt' && second > 0 ? text.slice(0, second) : text;
      },
    };
    const { problems } = await verifyTree({ view: short, emitters, layout });
    t.deepEqual(
      problems
        .map(({ check, where, message }) => `${check} ${where}: ${message}`)
        .filter((line) => line.startsWith('chain')),
      [
        'chain x@cp-1: behind its certificate stand 0 others, and not the 1 authorities that are between it and the topmost',
      ],
    );
  });
});
