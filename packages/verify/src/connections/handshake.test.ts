import { Server, Socket } from 'node:net';
import { createSecureContext, type SecureContext } from 'node:tls';
import { type Algorithm, certificatePem } from '@kubepki/core';
import { memoryPki, testCluster } from '@kubepki/testkit';
import test from 'ava';
import { type Handshake, handshakes, ready } from './handshake.ts';
import { summarize, tryConnections } from './index.ts';
import { reasonOf } from './reasons.ts';
import { otherwise } from './testing/pki.ts';

const pki = await memoryPki(testCluster());
const shake = handshakes();

function context(id: string | undefined, trust: readonly string[] = []): SecureContext {
  const ca = trust.map((name) => certificatePem(pki.credential(name).certificate?.der ?? new Uint8Array()));
  const trusts = { ca, allowPartialTrustChain: true };
  if (id === undefined) return createSecureContext({ ...ready, ...trusts });
  const { cert, key } = pki.tlsOptions(id);
  return createSecureContext({ ...ready, ...trusts, cert, key });
}

/** What both sides refuse the other for. */
function refusals(outcome: Handshake): readonly unknown[] {
  return 'code' in outcome ? [outcome.code] : [outcome.client.refuses, outcome.server.refuses];
}

const client = context('sample/client', ['sample/ca']);
const server = context('sample/server@cp-1', ['sample/client-ca']);

test('two that trust each other meet, and see each other', async (t) => {
  const outcome = await shake({ client, server, asks: true });
  t.deepEqual(refusals(outcome), [undefined, undefined]);
  if ('code' in outcome) return;
  t.is(outcome.client.sees?.subject, 'CN=sample-server');
  t.is(outcome.server.sees?.subject, 'CN=sample-client');
});

test('a server that does not ask sees nobody', async (t) => {
  const outcome = await shake({ client, server, asks: false });
  t.true(!('code' in outcome) && outcome.server.sees === undefined);
});

test('a client without a certificate shows none', async (t) => {
  const outcome = await shake({ client: context(undefined, ['sample/ca']), server, asks: true });
  t.true(!('code' in outcome) && outcome.server.sees === undefined && outcome.client.refuses === undefined);
});

test('both say that they do not trust, and nobody is trusted whom the machine knows', async (t) => {
  const outcome = await shake({ client: context('sample/client'), server: context('sample/server@cp-1'), asks: true });
  t.deepEqual(
    refusals(outcome).map((code) => reasonOf(String(code))),
    ['authority', 'authority'],
  );
});

test('a certificate for clients is none for a server, and the other way round', async (t) => {
  const swapped = {
    client: context('sample/server@cp-1', ['sample/client-ca']),
    server: context('sample/client', ['sample/ca']),
  };
  t.deepEqual(refusals(await shake({ ...swapped, asks: true })), ['INVALID_PURPOSE', 'INVALID_PURPOSE']);
});

test('a handshake that comes to no end says why, and is not waited for', async (t) => {
  t.timeout(10_000);
  const silent = await shake({ client, server: context(undefined), asks: true });
  t.regex(String(refusals(silent)[0]), /^(ERR_SSL_|ECONNRESET)/);
  t.deepEqual(refusals(await shake({ client, server, asks: true })), [undefined, undefined]);
});

const algorithms: readonly Algorithm[] = ['ecdsa-p256', 'ecdsa-p384', 'rsa-2048', 'rsa-4096', 'ed25519'];
for (const keys of algorithms) {
  test(`two with keys of ${keys} meet`, async (t) => {
    const other = await memoryPki(testCluster(), { keys: keys === 'ed25519' ? 'ecdsa-p256' : keys });
    const held = keys === 'ed25519' ? await otherwise(other, { id: 'sample/client', spec: { keys } }) : undefined;
    const results = tryConnections({
      plan: other.plan,
      find: async ({ id }) => (id === 'sample/client' ? held : undefined) ?? other.credentials.get(id) ?? {},
    });
    const { rows } = await summarize(results);
    t.is(rows.find((row) => row.client === 'sample/client')?.cells['sample/server'], 'needed');
  });
}

test.serial('many at once are kept apart', async (t) => {
  const ends = [
    { client, server, asks: true },
    { client: context('sample/client'), server, asks: true },
    { client, server: context('sample/server@cp-1'), asks: true },
  ];
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => ends.map(shake)).flat());
  for (const [index, outcome] of outcomes.entries()) {
    const [near, far] = refusals(outcome);
    t.is(near === undefined, index % 3 !== 1);
    t.is(far === undefined, index % 3 !== 2);
  }
});

test.serial('nothing is sent to any address, and nothing listens', async (t) => {
  const { connect } = Socket.prototype;
  const { listen } = Server.prototype;
  t.teardown(() => Object.assign(Socket.prototype, { connect }) && Object.assign(Server.prototype, { listen }));
  const never = () => {
    throw new Error('the network was used');
  };
  Object.assign(Socket.prototype, { connect: never });
  Object.assign(Server.prototype, { listen: never });
  const { counts } = await summarize(
    tryConnections({ plan: pki.plan, find: async ({ id }) => pki.credentials.get(id) ?? {} }),
  );
  t.true(counts.needed > 2 && counts.refused > 5, JSON.stringify(counts));
});
