import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';

const flags = ['--import', import.meta.resolve('tsx'), '--conditions=source'];
const main = fileURLToPath(new URL('main.ts', import.meta.url));

test('It makes the files of a control plane that kubeadm makes, once', (t) => {
  const cwd = mkdtempSync(join(tmpdir(), 'kubeadm-pki-'));
  t.teardown(() => rmSync(cwd, { recursive: true }));
  const run = (...args: string[]) => spawnSync(process.execPath, [...flags, main, ...args], { cwd, encoding: 'utf8' });

  const first = run('cp-1', '10.0.0.11');
  t.deepEqual([first.status, first.stderr], [0, '']);
  const kubernetes = join(cwd, 'pki/current/nodes/cp-1/etc/kubernetes');
  const confs = ['admin', 'controller-manager', 'kubelet', 'scheduler', 'super-admin'].map((name) => `${name}.conf`);
  t.deepEqual(readdirSync(kubernetes).sort(), [...confs, 'pki'].sort());
  t.deepEqual(readdirSync(join(kubernetes, 'pki/etcd')).sort().slice(0, 2), ['ca.crt', 'ca.key']);

  t.is(run('cp-1', '10.0.0.11').status, 0);
  t.deepEqual(readdirSync(join(cwd, 'pki/generations')), ['0001']);
  t.is(run('cp_1', '10.0.0.11').status, 65);
  t.is(run().status, 64);
});
