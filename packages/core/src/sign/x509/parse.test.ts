import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import test from 'ava';
import fc from 'fast-check';
import { Certificate as PkijsCertificate } from 'pkijs';
import { PkiError } from '../../error.ts';
import { certificatePem, describe, parseCertificate, parseCertificates } from '../index.ts';
import { readTime } from './time.ts';

const openssl = (args: readonly string[]) =>
  execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'ignore'] }).toString();
const req = (...args: readonly string[]) =>
  openssl([
    'req',
    '-x509',
    '-nodes',
    '-keyout',
    '/dev/null',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    ...args,
  ]);

const foreign = req(
  ...['-subj', '/C=DE/O=a\\/b+OU=c/CN=ü x', '-utf8', '-days', '20000'],
  ...['-addext', 'subjectAltName=DNS:a.example,IP:10.0.0.1,IP:fd00::1,email:a@b.example,URI:spiffe://x'],
  ...[
    '-addext',
    'keyUsage=critical,nonRepudiation,keyAgreement,decipherOnly',
    '-addext',
    'extendedKeyUsage=codeSigning,clientAuth',
  ],
  ...['-addext', 'nameConstraints=permitted;DNS:example', '-set_serial', '0xff00000000000000000000000000000000000001'],
);
const certificate = parseCertificate(foreign, 'foreign.crt');
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));

test('a certificate is read as node:crypto and pkijs read it', (t) => {
  const node = new X509Certificate(foreign);
  const pkijs = PkijsCertificate.fromBER(new Uint8Array(certificate.der));
  t.is(certificate.serial, node.serialNumber.toLowerCase());
  t.is(certificate.fingerprint, node.fingerprint256.replaceAll(':', '').toLowerCase());
  t.is(certificate.notBefore.getTime(), Date.parse(node.validFrom));
  t.is(certificate.notAfter.getTime(), Date.parse(node.validTo));
  t.true(certificate.notAfter.getUTCFullYear() > 2050);
  t.deepEqual(certificate.publicKey, new Uint8Array(node.publicKey.export({ type: 'spki', format: 'der' })));
  t.deepEqual(certificate.subject, new Uint8Array(pkijs.subject.valueBeforeDecode));
  t.deepEqual(certificate.issuer, certificate.subject);
  t.deepEqual(certificate.subjectKeyId, certificate.authorityKeyId);
  t.is(certificate.subjectKeyId?.length, 20);
});

test('a certificate is described in the terms of a template, the rest by object identifiers', (t) => {
  t.deepEqual(describe(certificate), {
    subject: [
      { type: '2.5.4.6', value: 'DE' },
      { type: '2.5.4.11', value: 'c' },
      { type: 'O', value: 'a/b' },
      { type: 'CN', value: 'ü x' },
    ],
    authority: true,
    pathLength: undefined,
    keyUsage: ['contentCommitment', 'keyAgreement', 'decipherOnly'],
    extendedKeyUsage: ['1.3.6.1.5.5.7.3.3', 'clientAuth'],
    sans: { dns: ['a.example'], ips: ['10.0.0.1', 'fd00::1'], others: ['email:a@b.example', 'URI:spiffe://x'] },
    subjectKeyId: true,
    authorityKeyId: true,
    otherExtensions: ['2.5.29.30'],
    signatureAlgorithm: 'ecdsa-with-SHA256',
    keys: 'ecdsa-p256',
  });
});

test('PEM is written as OpenSSL writes it, with 64 columns', (t) => {
  t.is(certificatePem(certificate.der), foreign);
  t.is(certificatePem(new Uint8Array(48)).split('\n')[1], 'A'.repeat(64));
});

test('a bundle is split, and a file of several certificates begins with its own', (t) => {
  const other = req('-subj', '/CN=other', '-days', '1');
  const bundle = `# roots\n${other}\r\nFriendly name: x\r\n${foreign.replaceAll('\n', '\r\n')}`;
  const read = parseCertificates(bundle, 'ca.crt');
  t.deepEqual(read, [parseCertificate(other, 'a'), certificate]);
  t.deepEqual(parseCertificate(bundle, 'a'), read[0]);
  t.deepEqual(parseCertificates('nothing', 'ca.crt'), []);
});

test('serial number 0, as kubeadm gave its authorities up to 1.27, is read', (t) => {
  t.is(parseCertificate(req('-subj', '/CN=a', '-set_serial', '0'), 'a').serial, '0');
});

const refused = test.macro({
  title: (_, what: string) => `${what} is refused by its place`,
  exec(t, _what: string, input: Uint8Array | string, message: RegExp) {
    const error = t.throws(() => parseCertificate(input, 'pki/ca.crt'), { instanceOf: PkiError, message });
    t.is(error?.code, 'CERTIFICATE_UNREADABLE');
    t.true(error?.message.startsWith('pki/ca.crt: '));
  },
});

const { der } = certificate;
const swapped = (from: string, to: string) => bytes(Buffer.from(der).toString('hex').replace(from, to));
test(refused, 'a certificate with something behind it', Uint8Array.of(...der, 0), /something follows/);
test(refused, 'a certificate that is cut off', der.slice(0, -1), /ends too early/);
test(
  refused,
  'a certificate with an indefinite length',
  Uint8Array.of(0x30, 0x80, ...der.slice(4), 0, 0),
  /indefinite/,
);
test(
  refused,
  'a certificate with a length that is not minimal',
  Uint8Array.of(0x30, 0x83, 0, ...der.slice(2)),
  /not minimal/,
);
test(refused, 'a negative serial number', swapped('021500ff', '021580ff'), /not positive/);
test(
  refused,
  'a certificate with two algorithms',
  swapped('2a8648ce3d040302', '2a8648ce3d040303'),
  /algorithms differ/,
);
test(refused, 'an extension that stands twice', swapped('0603551d25', '0603551d0f'), /stands twice/);
test(
  refused,
  'a month that does not exist',
  swapped(
    Buffer.from(der)
      .toString('hex')
      .match(/170d.{8}/)?.[0] ?? '',
    '170d32363133',
  ),
  /time/,
);
test(refused, 'an empty text', '', /no certificate in PEM/);
test(
  refused,
  'a certificate without base64',
  '-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n',
  /too early/,
);
test(
  refused,
  'a private key',
  '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n',
  /no certificate in PEM/,
);
test(refused, 'a file of 65 kB', new Uint8Array(65 * 1024), /larger than 65536/);

test('a time has seconds, is in UTC and exists', (t) => {
  const read = (tag: number, text: string) => {
    const content = Buffer.from(text);
    return readTime(Uint8Array.of(tag, content.length, ...content), {
      tag,
      start: 0,
      content: 2,
      end: 2 + content.length,
    });
  };
  t.is(read(0x17, '491231235959Z').toISOString(), '2049-12-31T23:59:59.000Z');
  t.is(read(0x17, '500101000000Z').toISOString(), '1950-01-01T00:00:00.000Z');
  t.is(read(0x18, '20500101000000Z').toISOString(), '2050-01-01T00:00:00.000Z');
  t.is(read(0x17, '240229000000Z').toISOString(), '2024-02-29T00:00:00.000Z');
  for (const bad of [
    '250229000000Z',
    '2401010000Z',
    '240101000000+0100',
    '240101246000Z',
    '24010100000Z',
    '240101000060Z',
  ]) {
    t.throws(() => read(0x17, bad), { name: 'DerError' }, bad);
  }
  t.throws(() => read(0x18, '20500101000000.5Z'), { name: 'DerError' });
});

test('bytes that were changed are read or refused, and never anything else', (t) => {
  fc.assert(
    fc.property(fc.nat(der.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const changed = new Uint8Array(der);
      changed[at] = (changed[at] ?? 0) ^ flip;
      try {
        describe(parseCertificate(changed, 'a'));
        t.pass();
      } catch (error) {
        t.true(error instanceof PkiError && error.code === 'CERTIFICATE_UNREADABLE', String(error));
      }
    }),
    { numRuns: 3000 },
  );
});

test('a text of many beginnings is read in time that grows with its length', (t) => {
  t.timeout(2000);
  t.deepEqual(parseCertificates('-----BEGIN CERTIFICATE-----\n'.repeat(35_000), 'a'), []);
});
