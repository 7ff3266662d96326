import { execFileSync } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import test from 'ava';
import fc from 'fast-check';
import { PkiError } from '../../error.ts';
import { type Algorithm, spkiOf } from '../../keys/index.ts';
import type { Template, Values } from '../certificate.ts';
import { describe, parseCertificate } from '../index.ts';
import { assemble } from './assemble.ts';
import { contentOf, elementAt, elementsIn } from './der.ts';
import { encodeTbs } from './encode.ts';
import { oids } from './oids.ts';
import { takeApart } from './structure.ts';

const template: Template = {
  subject: [
    { type: 'O', value: 'system:nodes' },
    { type: 'CN', value: 'system:node:n1' },
  ],
  authority: false,
  keyUsage: ['digitalSignature'],
  extendedKeyUsage: ['serverAuth', 'clientAuth'],
  sans: { dns: ['n1.example'], ips: ['10.0.0.1', 'fd00::1'] },
  subjectKeyId: true,
  serialBits: 159,
  life: { validity: 3600, from: 'backdate', backdate: 300, counts: 'life', cut: true },
};
const values: Values = {
  serial: Uint8Array.of(0x7f, 1),
  notBefore: new Date('2026-01-01T00:00:00Z'),
  notAfter: new Date('2027-01-01T00:00:00Z'),
  publicKey: spkiOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey),
  signer: 'ecdsa-p256',
};

/** A certificate with a signature of no worth. */
const make = (change: Partial<Template> = {}, other: Partial<Values> = {}) => {
  const given = { ...values, ...other };
  return assemble(encodeTbs({ ...template, ...change }, given), new Uint8Array(70), given.signer);
};
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const extension = (der: Uint8Array, name: keyof typeof oids) =>
  takeApart(der).extensions.find(({ oid }) => oid === oids[name]);

test('a time is UTCTime through 2049 and GeneralizedTime from 2050 on', (t) => {
  const text = hex(
    make({}, { notBefore: new Date('2049-12-31T23:59:59Z'), notAfter: new Date('2050-01-01T00:00:00Z') }),
  );
  t.true(text.includes(`170d${hex(Buffer.from('491231235959Z'))}180f${hex(Buffer.from('20500101000000Z'))}`));
  t.true(hex(make({}, { notAfter: new Date('2056-02-29T23:59:59Z') })).includes(hex(Buffer.from('20560229235959Z'))));
});

test('fractions of a second and years of five digits are refused', (t) => {
  for (const notAfter of [
    new Date('2030-01-01T00:00:00.001Z'),
    new Date('+010000-01-01T00:00:00Z'),
    new Date(Number.NaN),
  ]) {
    t.throws(() => make({}, { notAfter }), { instanceOf: PkiError, code: 'TIME_OUT_OF_RANGE' });
  }
});

test('a serial number is a positive and minimal INTEGER', (t) => {
  const serial = (...bytes: readonly number[]) => hex(takeApart(make({}, { serial: Uint8Array.from(bytes) })).serial);
  t.is(serial(1), '01');
  t.is(serial(0x80), '0080');
  t.is(serial(0, 0, 0xff, 0), '00ff00');
  t.is(serial(...Array<number>(20).fill(0x7f)), '7f'.repeat(20));
  t.throws(() => serial(0), { instanceOf: PkiError, code: 'SERIAL_INVALID' });
  t.throws(() => serial(), { instanceOf: PkiError, code: 'SERIAL_INVALID' });
  t.throws(() => serial(...Array<number>(20).fill(0xff)), { instanceOf: PkiError, code: 'SERIAL_INVALID' });
});

test('key usages are a critical and minimal BIT STRING', (t) => {
  const usage = (...keyUsage: Template['keyUsage']) => {
    const found = extension(make({ keyUsage }), 'keyUsage');
    t.true(found?.critical);
    return hex(found?.value ?? new Uint8Array());
  };
  t.is(usage('digitalSignature'), '03020780');
  t.is(usage('digitalSignature', 'keyEncipherment'), '030205a0');
  t.is(usage('cRLSign', 'keyCertSign'), '03020106');
  t.is(usage('digitalSignature', 'keyEncipherment', 'keyCertSign'), '030202a4');
});

test('basic constraints are critical, and empty for a leaf', (t) => {
  const constraints = (change: Partial<Template>) => {
    const found = extension(make(change), 'basicConstraints');
    t.true(found?.critical);
    return hex(found?.value ?? new Uint8Array());
  };
  t.is(constraints({}), '3000');
  t.is(constraints({ authority: true }), '30030101ff');
  t.is(constraints({ authority: true, pathLength: 0 }), '30060101ff020100');
});

test('each attribute is an RDN of its own, as a PrintableString where it can be', (t) => {
  const subject = [
    { type: 'O', value: 'b:c' },
    { type: 'O', value: 'a@b' },
    { type: 'CN', value: 'ü' },
  ] as const;
  const rdn = (oid: string, tag: string, text: string) => {
    const value = hex(Buffer.from(text));
    const size = (bytes: number) => bytes.toString(16).padStart(2, '0');
    const length = value.length / 2;
    return `31${size(length + 9)}30${size(length + 7)}0603${oid}${tag}${size(length)}${value}`;
  };
  const rdns = rdn('55040a', '13', 'b:c') + rdn('55040a', '0c', 'a@b') + rdn('550403', '0c', 'ü');
  t.is(hex(takeApart(make({ subject })).subject), `30${(rdns.length / 2).toString(16)}${rdns}`);
});

test('alternative names are critical only where there is no subject, and absent where there are none', (t) => {
  const sans = extension(make(), 'subjectAltName');
  t.is(
    hex(sans?.value ?? new Uint8Array()),
    `3024820a${hex(Buffer.from('n1.example'))}87040a0000018710fd${'00'.repeat(14)}01`,
  );
  t.false(sans?.critical);
  t.true(extension(make({ subject: [] }), 'subjectAltName')?.critical);
  t.is(extension(make({ sans: { dns: [], ips: [] } }), 'subjectAltName'), undefined);
  t.is(extension(make({ extendedKeyUsage: [] }), 'extendedKeyUsage'), undefined);
});

test('an IPv4 address has 4 bytes also where it is written as IPv6', (t) => {
  const value = extension(make({ sans: { dns: [], ips: ['::ffff:127.0.0.1'] } }), 'subjectAltName')?.value;
  t.is(hex(value ?? new Uint8Array()), '300687047f000001');
});

test('what is no name or address is refused', (t) => {
  for (const ip of ['fe80::1%eth0', '10.0.0', '010.0.0.1', '1.2.3.4/8', '']) {
    t.throws(() => make({ sans: { dns: [], ips: [ip] } }), { instanceOf: PkiError, code: 'SAN_INVALID' }, ip);
  }
  for (const name of ['bücher.example', 'a.example, DNS:evil.example', 'a\0b', ' ', '']) {
    t.throws(() => make({ sans: { dns: [name], ips: [] } }), { instanceOf: PkiError, code: 'SAN_INVALID' }, name);
  }
});

test('the subject key identifier is the first 160 bits of SHA-256 over the key', (t) => {
  const point = values.publicKey.subarray(-65);
  const digest = createHash('sha256').update(point).digest('hex').slice(0, 40);
  t.is(hex(extension(make(), 'subjectKeyId')?.value ?? new Uint8Array()), `0414${digest}`);
  t.is(extension(make({ subjectKeyId: false }), 'subjectKeyId'), undefined);
});

const signs = test.macro({
  title: (_, signer: string) => `the algorithm of a signer ${signer} is encoded as OpenSSL does`,
  exec(t, signer: Algorithm, ...args: readonly string[]) {
    const pem = execFileSync('openssl', ['req', '-x509', '-nodes', '-subj', '/CN=a', '-keyout', '/dev/null', ...args], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const { algorithm } = takeApart(parseCertificate(pem.toString(), 'openssl').der);
    const ours = make({}, { signer });
    t.deepEqual(takeApart(ours).algorithm, algorithm);
    t.is(Buffer.from(ours).toString('hex').split(hex(algorithm)).length - 1, 2);
  },
});

test(signs, 'ecdsa-p256', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-sha256');
test(signs, 'ecdsa-p384', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384', '-sha384');
test(signs, 'ed25519', '-newkey', 'ed25519');
test(signs, 'rsa-2048', '-newkey', 'rsa:2048', '-sha256');

test('any template is encoded in DER and described as it was', (t) => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });
  const subject = fc.array(fc.record({ type: fc.constantFrom('O' as const, 'CN' as const), value: text }), {
    maxLength: 4,
  });
  const dns = fc.uniqueArray(fc.domain(), { maxLength: 20 });
  const ips = fc.uniqueArray(fc.ipV4(), { maxLength: 20 });
  const usages = fc.subarray(['digitalSignature', 'keyEncipherment', 'keyCertSign', 'cRLSign'] as const, {
    minLength: 1,
  });
  fc.assert(
    fc.property(subject, dns, ips, usages, fc.nat(3), (names, dns, ips, keyUsage, pathLength) => {
      const planned = { ...template, subject: names, sans: { dns, ips }, keyUsage, authority: true, pathLength };
      const der = make(planned);
      walk(der, 0, der.length);
      const details = describe(parseCertificate(der, 'a'));
      t.deepEqual({ ...planned, ...details, sans: { dns, ips, others: [] } }, { ...planned, ...details });
    }),
    { numRuns: 60 },
  );
});

/** Reads everything down to the leaves, which fails where a length or a boolean is not DER. */
function walk(bytes: Uint8Array, start: number, end: number): void {
  const element = elementAt(bytes, start, end);
  if (element.end < end) walk(bytes, element.end, end);
  if ((element.tag & 0x20) !== 0) for (const child of elementsIn(bytes, element)) walk(bytes, child.start, child.end);
  const [first] = contentOf(bytes, element);
  if (element.tag === 1 && first !== 0xff) throw new Error('a BOOLEAN is TRUE or left out');
}
