import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { authority, type Component, PkiError } from '@kubepki/core';
import { memoryPki, testCluster, testComponent, testEmitter } from '@kubepki/testkit';
import { apiService, metricsServer } from './index.ts';

testComponent(test, metricsServer, { options: [{ namespace: 'monitoring', service: 'metrics', port: 8443 }] });
testEmitter(test, apiService, {
  options: [{ path: 'metrics.json', priority: 200 }],
  components: [metricsServer()],
});

const path = 'manifests/metrics-server-apiservice.json';
const cluster = testCluster({ controlPlanes: 1, workers: 1 });

test('the certificate is for the names of the Service, and its Secret lies beside that', () => {
  const [spec, ...others] = metricsServer({ namespace: 'monitoring', service: 'metrics' }).plan(cluster);
  assert.deepEqual(others, []);
  assert.ok(spec?.kind === 'leaf');
  const domain = `metrics.monitoring.svc.${cluster.dnsDomain}`;
  assert.deepEqual(spec.sans?.dns, ['metrics.monitoring', 'metrics.monitoring.svc', domain]);
  assert.deepEqual(spec.secret, { namespace: 'monitoring', name: 'metrics-tls' });
});

test('the APIService names the Service, and its caBundle verifies what that presents', async () => {
  const components = [metricsServer({ namespace: 'monitoring', port: 4443 })];
  const pki = await memoryPki(cluster, { components, emitters: [apiService({ priority: 200 })] });
  const { metadata, spec } = JSON.parse(pki.files.get(path)?.text ?? '');
  assert.equal(metadata.name, 'v1beta1.metrics.k8s.io');
  assert.deepEqual(spec.service, { name: 'metrics-server', namespace: 'monitoring', port: 4443 });
  assert.equal(spec.groupPriorityMinimum, 200);
  const ca = new X509Certificate(Buffer.from(spec.caBundle, 'base64'));
  const served = new X509Certificate(pki.credential('metrics-server').certificate?.der ?? '');
  assert.ok(served.checkIssued(ca) && served.verify(ca.publicKey));
  assert.equal(served.checkHost('metrics-server.monitoring.svc'), 'metrics-server.monitoring.svc');
});

test('while the authority is rotated, the caBundle holds the old one and the next', async () => {
  const next: Component = {
    name: 'next',
    *plan() {
      yield authority({ name: 'next-ca', commonName: 'next-ca', serves: [] });
    },
  };
  const pki = await memoryPki(cluster, {
    components: [metricsServer(), next],
    emitters: [apiService()],
    uses: (uses) => {
      const { signs = '', trusts = [] } = uses['cluster/server'] ?? {};
      return { ...uses, 'cluster/server': { signs, trusts: [...trusts, 'next-ca'] } };
    },
  });
  const { spec } = JSON.parse(pki.files.get(path)?.text ?? '');
  const bundle = Buffer.from(spec.caBundle, 'base64').toString();
  assert.equal(bundle.match(/BEGIN CERTIFICATE/g)?.length, 2);
});

test('a name that no Service can have is refused', () => {
  assert.throws(() => metricsServer.from({ service: 'Metrics.Server' }), PkiError);
});
