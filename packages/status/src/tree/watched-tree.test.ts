import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { readStatus } from '../status.ts';
import { opensslSays } from '../testing/openssl.ts';
import { cp, day, generateAt, temporary, two, worker } from '../testing/tree.ts';
import type { Watched } from '../watched.ts';

const start = new Date('2026-05-17T10:20:30Z');

/** Holds what is told of a tree against what OpenSSL reads in its files, but for kubeconfigs. */
function isAsOpenSSLSays(t: ExecutionContext, folder: string, watched: readonly Watched[]): void {
  for (const { id, begins, notAfter, serial, fingerprint, files } of watched) {
    const file = files.find((name) => /\.(crt|pem)$/.test(name));
    if (file === undefined) continue;
    const { begins: first, ...said } = opensslSays(join(folder, 'current', file));
    t.deepEqual({ notAfter, serial, fingerprint }, said, id);
    if (begins !== undefined) t.deepEqual(begins, first, id);
  }
}

const byId = (watched: readonly Watched[]) => new Map(watched.map((each) => [each.id, each]));

for (const more of [
  {},
  { profile: 'kubeadm' },
  { profile: 'kubeadm', kubernetesVersion: '1.30' },
  { layout: { tree: 'flat' } },
]) {
  test(`What is told of a tree of ${JSON.stringify(more)} is what OpenSSL reads in its files`, async (t) => {
    const folder = join(temporary(t), 'pki');
    await generateAt(folder, { ...two, ...more }, start);
    const { certificates, trees, problems } = await readStatus({ paths: [folder], now: start });
    t.deepEqual(trees, [{ folder, cluster: 'two', generation: 1 }]);
    t.deepEqual(problems, []);
    t.true(certificates.length >= 16);
    t.true(certificates.every(({ begins }) => begins !== undefined));
    isAsOpenSSLSays(t, folder, certificates);
  });
}

test('Each certificate is told with its kind, its node, its authority and where it stands', async (t) => {
  const folder = join(temporary(t), 'pki');
  await generateAt(folder, two, start);
  const all = byId((await readStatus({ paths: [folder], now: start })).certificates);
  t.like(all.get('ca'), { kind: 'authority', node: undefined, issuer: 'ca', renews: undefined, tree: folder });
  t.like(all.get('admin'), { kind: 'person', node: undefined, issuer: 'ca', files: ['users/admin.conf'] });
  t.like(all.get('etcd/server@cp-1'), { kind: 'server', group: 'etcd/server', node: 'cp-1', issuer: 'etcd/ca' });
  t.like(all.get('scheduler@cp-1'), { kind: 'client', node: 'cp-1', issuer: 'ca' });
  t.deepEqual(all.get('etcd/ca')?.files, ['authorities/etcd/ca.crt', 'nodes/cp-1/etc/kubernetes/pki/etcd/ca.crt']);
});

test("A kubelet's client certificate renews itself, unless the kubelet is told not to", async (t) => {
  const root = temporary(t);
  const renewing = async (name: string, more: object) => {
    await generateAt(join(root, name), { ...two, ...more });
    const { certificates } = await readStatus({ paths: [join(root, name)], now: start });
    return certificates.filter(({ renews }) => renews === 'itself').map(({ id }) => id);
  };
  t.deepEqual(await renewing('a', {}), ['kubelet/client@cp-1', 'kubelet/client@w-1']);
  t.deepEqual(await renewing('b', { components: { kubelet: { rotates: false } } }), []);
});

test('Plan and manifest are all that is read', async (t) => {
  const folder = join(temporary(t), 'pki');
  await generateAt(folder, two, start);
  const before = await readStatus({ paths: [folder], now: start });
  const generation = join(folder, 'generations/0001');
  for (const name of readdirSync(generation)) {
    if (!['manifest.json', 'plan.json'].includes(name)) rmSync(join(generation, name), { recursive: true });
  }
  t.deepEqual(await readStatus({ paths: [folder], now: start }), before);
});

test('What was cut to the end of its authority began nobody knows when, and ends when it says', async (t) => {
  const folder = join(temporary(t), 'pki');
  const life = { validity: { authorities: '300d', leaves: '200d' } };
  await generateAt(folder, { ...two, ...life, nodes: [cp] }, start);
  const later = new Date(start.getTime() + 150 * day);
  await generateAt(folder, { ...two, ...life }, later);
  const all = byId((await readStatus({ paths: [folder], now: later })).certificates);
  const cut = all.get('kubelet/server@w-1');
  t.is(cut?.begins, undefined);
  t.deepEqual(cut?.ends, all.get('ca')?.ends);
  t.is(cut?.endsWith, undefined);
  t.truthy(all.get('kubelet/server@cp-1')?.begins);
  isAsOpenSSLSays(t, folder, [...all.values()]);
});

test('A leaf that outlives its authority ends with that', async (t) => {
  const folder = join(temporary(t), 'pki');
  const life = { profile: 'kubeadm', validity: { authorities: '300d', leaves: '200d' } };
  await generateAt(folder, { ...two, ...life, nodes: [cp] }, start);
  const later = new Date(start.getTime() + 150 * day);
  await generateAt(folder, { ...two, ...life, nodes: [cp, { ...worker, roles: ['control-plane'] }] }, later);
  const all = byId((await readStatus({ paths: [folder], now: later })).certificates);
  const [leaf, authority] = [all.get('etcd/peer@w-1'), all.get('etcd/ca')];
  t.deepEqual(leaf?.ends, authority?.notAfter);
  t.true((leaf?.notAfter ?? start) > (authority?.notAfter ?? start));
  t.is(leaf?.endsWith, 'etcd/ca');
  t.is(all.get('etcd/peer@cp-1')?.endsWith, undefined);
});
