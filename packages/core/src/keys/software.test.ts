import { execFileSync } from 'node:child_process';
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { inspect } from 'node:util';
import test from 'ava';
import { PkiError } from '../error.ts';
import type { Algorithm } from './algorithm.ts';
import { algorithmOf, keyFromPrivatePem, publicPem, softwareKeys, spkiOf } from './index.ts';
import { rsaOf } from './spki.ts';

const openssl = (args: readonly string[], input = '') =>
  execFileSync('openssl', args, { input, stdio: ['pipe', 'pipe', 'ignore'] }).toString();

const make = (algorithm: Algorithm) => softwareKeys().make({ id: 'a', algorithm });
const pemOf = async (algorithm: Algorithm) => (await make(algorithm)).secret?.reveal() ?? '';
const newKey = (...args: readonly string[]) => openssl(['genpkey', ...args]);
const p256 = ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'];

const kinds = test.macro({
  title: (_, algorithm: string) => `a key ${algorithm} is of that kind, and its PEM is what Kubernetes' tools write`,
  async exec(t, algorithm: Algorithm, label: string, text: RegExp) {
    const key = await make(algorithm);
    const pem = key.secret?.reveal() ?? '';
    t.is(key.algorithm, algorithm);
    t.is(algorithmOf(key.publicKey), algorithm);
    t.true(pem.startsWith(`-----BEGIN ${label}-----\n`) && pem.endsWith(`-----END ${label}-----\n`));
    t.regex(openssl(['pkey', '-noout', '-text'], pem), text);
    t.is(openssl(['pkey', '-pubout'], pem), publicPem(key.publicKey));
  },
});

test(kinds, 'ecdsa-p256', 'EC PRIVATE KEY', /NIST CURVE: P-256/);
test(kinds, 'ecdsa-p384', 'EC PRIVATE KEY', /NIST CURVE: P-384/);
test(kinds, 'ed25519', 'PRIVATE KEY', /ED25519/);
test(kinds, 'rsa-2048', 'RSA PRIVATE KEY', /2048 bit[\s\S]*publicExponent: 65537/);
test(kinds, 'rsa-3072', 'RSA PRIVATE KEY', /3072 bit/);

const roundTrips = test.macro({
  title: (_, algorithm: string) => `a key ${algorithm} is read back from its PEM, and from PKCS#8`,
  async exec(t, algorithm: Algorithm) {
    const pem = await pemOf(algorithm);
    for (const form of [
      pem,
      openssl(['pkcs8', '-topk8', '-nocrypt'], pem),
      `text before\r\n${pem.replaceAll('\n', '\r\n')}`,
    ]) {
      const key = keyFromPrivatePem(form, 'a.key');
      t.is(key.algorithm, algorithm);
      t.is(key.secret?.reveal(), pem);
      t.is(publicPem(key.publicKey), openssl(['pkey', '-pubout'], pem));
    }
  },
});

test(roundTrips, 'ecdsa-p256');
test(roundTrips, 'ecdsa-p384');
test(roundTrips, 'ed25519');
test(roundTrips, 'rsa-2048');

const refused = test.macro({
  title: (_, what: string) => `a private key that ${what} is refused by its place, without its text`,
  exec(t, _what: string, pem: string, message: RegExp) {
    const error = t.throws(() => keyFromPrivatePem(pem, 'pki/ca.key'), {
      instanceOf: PkiError,
      code: 'KEY_UNREADABLE',
    });
    t.regex(error?.message ?? '', message);
    t.true(error?.message.startsWith('pki/ca.key: '));
    const shown = inspect(error, { depth: 9 });
    for (const line of pem.split('\n').filter((each) => each !== '' && !each.includes('-----')))
      t.false(shown.includes(line));
  },
});

const ec = newKey(...p256);
test(refused, 'is encrypted (PKCS#8)', openssl(['pkcs8', '-topk8', '-passout', 'pass:x'], ec), /is encrypted/);
test(refused, 'is encrypted (SEC1)', openssl(['ec', '-aes128', '-passout', 'pass:x'], ec), /is encrypted/);
test(
  refused,
  'has a curve that kubeadm lacks',
  newKey('-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-521'),
  /unsupported/,
);
test(refused, 'is RSA of 1024 bits', newKey('-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024'), /unsupported/);
test(
  refused,
  'is for RSA-PSS only',
  newKey('-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048'),
  /unsupported/,
);
test(refused, 'spells its curve out', newKey(...p256, '-pkeyopt', 'ec_param_enc:explicit'), /spells its curve out/);
test(refused, 'is cut off', ec.replace(/\n.{9}/, '\n'), /not a sound PRIVATE KEY/);
test(refused, 'has a wrong label', ec.replaceAll('PRIVATE KEY', 'RSA PRIVATE KEY'), /not a sound RSA PRIVATE KEY/);
test(refused, 'has a label of no standard', ec.replaceAll('PRIVATE KEY', 'ED25519 PRIVATE KEY'), /unknown label/);
test(refused, 'is one of two', ec + ec, /holds 2 private keys/);
test(refused, 'is a public key', openssl(['pkey', '-pubout'], ec), /holds no private key/);
test(refused, 'is far too large', ec.repeat(100), /larger than/);

test('a private key with its EC PARAMETERS is read', (t) => {
  const pem = openssl(['ecparam', '-name', 'prime256v1', '-genkey']);
  t.regex(pem, /EC PARAMETERS/);
  t.is(keyFromPrivatePem(pem, 'a.key').algorithm, 'ecdsa-p256');
});

test('a private key does not show by String, JSON or inspect', async (t) => {
  const key = await make('ecdsa-p256');
  const pem = key.secret?.reveal() ?? '';
  const scalar = key.privateKey?.export({ format: 'jwk' }).d ?? '';
  const shown = [
    String(key.secret),
    `${key}`,
    JSON.stringify(key),
    JSON.stringify({ key }),
    inspect(key, { depth: 9, showHidden: true }),
    inspect(new Error('x', { cause: key }), { depth: 9 }),
  ].join('\n');
  t.is(scalar.length, 43);
  t.false(shown.includes(scalar));
  for (const line of pem.split('\n').slice(1, -2)) t.false(shown.includes(line));
});

test('the quick SPKI equals the export of node:crypto', (t) => {
  for (let i = 0; i < 300; i++) {
    for (const { publicKey } of [generateKeyPairSync('ec', { namedCurve: 'P-256' }), generateKeyPairSync('ed25519')]) {
      t.deepEqual(spkiOf(publicKey), new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })));
    }
  }
  t.throws(() => spkiOf(createPrivateKey(ec)), { instanceOf: TypeError });
});

test('an RSA key between two kinds counts as the smaller', (t) => {
  t.deepEqual([2047, 2048, 3071, 3072, 4095, 4096, 8192].map(rsaOf), [
    undefined,
    'rsa-2048',
    'rsa-2048',
    'rsa-3072',
    'rsa-3072',
    'rsa-4096',
    'rsa-4096',
  ]);
});

test('keys are made and looked at while garbage is collected all the time', (t) => {
  const program = `
    import { algorithmOf, softwareKeys, spkiOf } from ${JSON.stringify(new URL('index.ts', import.meta.url).href)};
    const kept = [];
    for (let count = 0; count < 10000; count++) {
      const { publicKey, privateKey } = await softwareKeys().make({ id: 'a', algorithm: 'ecdsa-p256' });
      kept[count % 500] = [spkiOf(publicKey), algorithmOf(privateKey), count];
    }
    process.stdout.write('alive');`;
  // The smallest new space: a hang that is rare otherwise comes within some hundred keys.
  const said = execFileSync(
    process.execPath,
    ['--max-semi-space-size=1', ...process.execArgv, '--input-type=module', '--eval', program],
    { timeout: 60_000 },
  );
  t.is(said.toString(), 'alive');
});
