import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer, get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { authority, type Component } from '@kubepki/core';
import test from 'ava';
import { testCluster } from './clusters.ts';
import { memoryPki } from './memory-pki.ts';
import { handshake } from './testing/handshake.ts';
import { tlsOptions } from './tls-options.ts';

const pki = await memoryPki();
const other = await memoryPki();
const server = pki.tlsOptions('sample/server@cp-1');
const client = pki.tlsOptions('sample/client');

test('a whole PKI takes less than a second', async (t) => {
  const cluster = testCluster({ controlPlanes: 3, workers: 3 });
  const start = process.cpuUsage();
  const { credentials, files } = await memoryPki(cluster);
  t.true(process.cpuUsage(start).user < 1_000_000);
  t.true(credentials.size > 20);
  t.true(files.size > 2 * 20);
});

test('a PKI of RSA keys takes less than a second, too', async (t) => {
  const start = process.cpuUsage();
  const { credential } = await memoryPki(testCluster(), { keys: 'rsa-2048' });
  t.true(process.cpuUsage(start).user < 1_000_000);
  t.is(credential('sample/client').key?.algorithm, 'rsa-2048');
});

test('its authorities say TEST ONLY, and nothing lives longer than a day', async (t) => {
  const long = 'an authority with a name that is as long as X.509 allows: 64 byte';
  const named: Component = {
    name: 'named',
    plan: () => [authority({ name: 'ca', commonName: long.slice(0, 64), serves: ['x'] })],
  };
  const { credentials } = await memoryPki(testCluster(), { components: [named] });
  for (const { spec, certificate } of [...pki.credentials.values(), ...credentials.values()]) {
    if (certificate === undefined) continue;
    t.true(certificate.notAfter.getTime() - certificate.notBefore.getTime() <= 86_400_000);
    if (spec.kind === 'authority') t.regex(new X509Certificate(certificate.der).subject, /^CN=TEST ONLY /);
  }
});

test('files are what the emitters write', (t) => {
  const pem = pki.files.get('nodes/cp-1/sample/server.crt')?.text ?? '';
  t.true(new X509Certificate(pem).checkIssued(new X509Certificate(pki.files.get('cluster/sample/ca.crt')?.text ?? '')));
});

test('an id that is not there is named, with those that are', (t) => {
  t.throws(() => pki.credential('nobody'), { code: 'CREDENTIAL_UNKNOWN', message: 'this PKI has no nobody' });
});

test('client and server know each other', async (t) => {
  t.deepEqual(await handshake(server, client), { server: 'sample-server', client: 'sample-client' });
});

test('an API server knows its people, and asks for certificates of the cluster', async (t) => {
  const seen = await handshake(pki.tlsOptions('apiserver@cp-1'), pki.tlsOptions('sample/person'), 'cp-1');
  t.deepEqual(seen, { server: 'apiserver', client: 'sample-person' });
});

test('a client of another PKI is refused', async (t) => {
  const stranger = { ...other.tlsOptions('sample/client'), ca: client.ca };
  await t.throwsAsync(handshake(server, stranger));
});

test('a client without a certificate is refused', async (t) => {
  await t.throwsAsync(handshake(server, { ca: client.ca, allowPartialTrustChain: true }));
});

test('a server of another PKI is refused', async (t) => {
  const error = await t.throwsAsync(handshake(other.tlsOptions('sample/server@cp-1'), client));
  t.regex(String((error as NodeJS.ErrnoException).code), /SELF_SIGNED|UNABLE_TO|ISSUER/);
});

test('a server under another name is refused', async (t) => {
  await t.throwsAsync(handshake(server, client, 'elsewhere.example.com'), { code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
});

test('a server that accepts no clients asks for no certificate', async (t) => {
  const open = tlsOptions(pki.credential('sample/server@cp-1'), { trust: [] });
  t.false(open.requestCert);
  t.is((await handshake(open, { ca: client.ca, allowPartialTrustChain: true })).server, 'sample-server');
});

test('what has no certificate is no side of TLS', (t) => {
  t.throws(() => pki.tlsOptions('stand-in/sa'), { code: 'PART_ABSENT', message: 'stand-in/sa has no certificate' });
});

test('https takes the same options', async (t) => {
  const listener = createServer(server, (_request, response) => response.end('well met'));
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  const [response] = await once(get({ ...client, host: '127.0.0.1', port, agent: false }), 'response');
  let text = '';
  for await (const chunk of response) text += chunk;
  listener.close();
  t.is(text, 'well met');
});
