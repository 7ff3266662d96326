import test from 'ava';
import { server } from '../plan/component.ts';
import type { FileRef } from '../plan/spec.ts';
import { component, small, smallPlan } from '../testing/small.ts';
import { affectedBy } from './affected.ts';
import type { Layout } from './file.ts';

const layout: Layout = {
  path: ({ spec, part }) => `${spec.id}.${part}`,
  shared: ({ use, part, node }) => `${node}/${use}.${part}`,
  installed: (path) => path,
  folderMode: () => 0o755,
};

function affected(reads: readonly FileRef[], written: string) {
  const proxy = server({
    name: 'proxy',
    node: 'a',
    process: 'proxy',
    issuer: 'x/server',
    commonName: 'proxy',
    sans: { dns: ['proxy'], ips: [] },
    accepts: ['x/client'],
    reads: [...reads],
  });
  const plan = smallPlan({ components: [small(), component('proxy', [proxy])] });
  return affectedBy(new Set([written]), { plan, layout });
}

test('a process that accepts clients reads their trust, also where no flag or setting names the file', (t) => {
  const files = ['a/x/client.trust'];
  t.deepEqual(affected([], 'a/x/client.trust'), [{ node: 'a', process: 'proxy', how: 'restart', files }]);
  t.deepEqual(affected([], 'b/x/client.trust'), []);
});

test('trust that a process re-reads is no reason to restart it', (t) => {
  const files = ['a/x/client.trust'];
  const rereads: FileRef = { of: 'x/client', part: 'trust', rereads: true };
  t.deepEqual(affected([rereads], 'a/x/client.trust'), [{ node: 'a', process: 'proxy', how: 'rereads', files }]);
});

test('of files of its own a process re-reads what it says, and a kubeconfig never', (t) => {
  t.deepEqual(
    affected([], 'proxy@a.certificate').map(({ how }) => how),
    ['restart'],
  );
  t.deepEqual(
    affected([], 'proxy@a.kubeconfig').map(({ how }) => how),
    ['restart'],
  );
  t.deepEqual(affected([], 'other'), []);
});
