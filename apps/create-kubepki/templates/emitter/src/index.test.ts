import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { memoryPki, testCluster, testEmitter } from '@kubepki/testkit';
import { camelNameEmitter } from './index.ts';

// The rules that hold for every emitter.
testEmitter(test, camelNameEmitter, { options: [{ folder: 'srv/certs' }] });

test('each server has a file on its node, with its certificate and the key of it', async () => {
  const cluster = testCluster({ controlPlanes: 1, workers: 1 });
  const pki = await memoryPki(cluster, { emitters: [camelNameEmitter()] });
  const { mode, text = '' } = pki.files.get('nodes/cp-1/etc/NAME/certs/sample-server.pem') ?? {};
  assert.equal(mode, 0o600);
  assert.ok(new X509Certificate(text).checkPrivateKey(createPrivateKey(text)));
});
