import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { memoryPki, testCluster, testComponent } from '@kubepki/testkit';
import { camelNameComponent } from './index.ts';

// The rules that hold for every component.
testComponent(test, camelNameComponent, { options: [{ port: 9443 }] });

test('each control plane has a certificate for its own name', async () => {
  const cluster = testCluster({ controlPlanes: 2, workers: 1 });
  const pki = await memoryPki(cluster, { components: [camelNameComponent()] });
  const own = pki.plan.specs.filter(({ name }) => name === 'NAME/server');
  assert.deepEqual(
    own.map(({ id }) => id),
    ['NAME/server@cp-1', 'NAME/server@cp-2'],
  );
  const { der = '' } = pki.credential('NAME/server@cp-2').certificate ?? {};
  assert.equal(new X509Certificate(der).checkHost('cp-2'), 'cp-2');
});
