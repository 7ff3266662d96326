import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import test from 'ava';
import { softwareKeys } from '../keys/index.ts';
import type { Template } from './certificate.ts';
import {
  compare,
  differences,
  issuedBy,
  localIssuer,
  parseCertificate,
  selfSigned,
  softwareSigner,
  waivers,
} from './index.ts';

const strict: Template = {
  subject: [
    { type: 'O', value: 'b' },
    { type: 'O', value: 'system:nodes' },
    { type: 'CN', value: 'somebody' },
  ],
  authority: false,
  keyUsage: ['digitalSignature'],
  extendedKeyUsage: ['serverAuth'],
  sans: { dns: ['a.example', 'n1.example'], ips: ['10.0.0.1', 'fd00::1'] },
  subjectKeyId: true,
  serialBits: 159,
  life: { validity: 3600, from: 'backdate', backdate: 300, counts: 'life', cut: true },
};
const kubeadm: Template = {
  ...strict,
  subjectKeyId: false,
  serialBits: 63,
  life: { ...strict.life, counts: 'fromNow', cut: false },
  waives: waivers.kubeadm.map(({ rule }) => rule),
};
const authority: Template = {
  ...strict,
  subject: [{ type: 'CN', value: 'kubernetes' }],
  authority: true,
  pathLength: 0,
  keyUsage: ['keyCertSign', 'cRLSign'],
  extendedKeyUsage: [],
  sans: { dns: [], ips: [] },
  life: { ...strict.life, validity: 7200 },
};

const newKey = () => softwareKeys().make({ id: 'a', algorithm: 'ecdsa-p256' });
const now = new Date('2026-03-01T12:00:00Z');
const made = async (template: Template, { at = now } = {}) => {
  const key = await newKey();
  const { certificate: ca } = await selfSigned({ template: authority, key, now, random: randomBytes });
  const issuer = localIssuer({ certificate: ca, signer: softwareSigner(key) });
  const { certificate } = await issuer.issue({ template, key: await newKey(), now: at, random: randomBytes });
  return { ca, certificate };
};

const equal = test.macro({
  title: (title) => title ?? '',
  async exec(t, template: Template, planned: Template = template) {
    const { certificate } = await made(template);
    t.deepEqual(differences({ template: planned, keys: 'ecdsa-p256', existing: certificate }), []);
  },
});
test('what was made of a strict template does not differ from it', equal, strict);
test("what was made of kubeadm's template does not differ from it", equal, kubeadm);
test('a certificate without any name does not differ from its template', equal, { ...strict, subject: [] });
test('the order of names, addresses and organisations makes no difference', equal, strict, {
  ...strict,
  subject: [...strict.subject].reverse(),
  sans: { dns: ['n1.example', 'a.example', 'a.example'], ips: ['FD00:0::1', '10.0.0.1'] },
});
test('the size of serial numbers makes no difference', equal, strict, { ...strict, serialBits: 63 });

const differs = test.macro({
  title: (_, field: string, change: object) => `${field} differ by ${JSON.stringify(change)}`,
  async exec(t, field: string, change: Partial<Template>, ...details: readonly string[]) {
    const { certificate } = await made(strict);
    const comparison = { template: { ...strict, ...change }, keys: 'ecdsa-p256', existing: certificate } as const;
    t.deepEqual(
      differences(comparison).map(({ detail }) => detail),
      [...details],
    );
    t.deepEqual(compare(comparison), [field as never]);
  },
});
test(
  differs,
  'subject',
  {
    subject: [
      { type: 'O', value: 'b' },
      { type: 'CN', value: 'x' },
    ],
  },
  'subject +CN=x',
  'subject -O=system:nodes',
  'subject -CN=somebody',
);
test(
  differs,
  'sans',
  { sans: { dns: ['n1.example'], ips: ['10.0.0.9', '10.0.0.1', 'fd00::1'] } },
  'SAN +IP:10.0.0.9',
  'SAN -DNS:a.example',
);
test(differs, 'usages', { extendedKeyUsage: ['serverAuth', 'clientAuth'] }, 'usage +clientAuth');
test(differs, 'key usages', { keyUsage: ['digitalSignature', 'keyEncipherment'] }, 'key usage +keyEncipherment');
test(
  differs,
  'basic constraints',
  { authority: true, pathLength: 0 },
  'basic constraints CA:FALSE → CA:TRUE, pathlen:0',
);
test(differs, 'subject key id', { subjectKeyId: false }, 'subject key id present → absent');
test(differs, 'life', { life: { ...strict.life, validity: 3601 } }, 'life 1h → 1h1s');
test(differs, 'life', { life: { ...strict.life, counts: 'fromNow' } }, 'life 59m59s → 1h5m');

test('keys differ by their kind', async (t) => {
  const { certificate } = await made(strict);
  const comparison = { template: strict, keys: 'rsa-2048', existing: certificate } as const;
  t.deepEqual(differences(comparison), [{ field: 'keys', detail: 'keys ecdsa-p256 → rsa-2048' }]);
});

test('the moment of making makes no difference', async (t) => {
  const { certificate } = await made(strict, { at: new Date(now.getTime() + 1_000_000) });
  t.deepEqual(differences({ template: strict, keys: 'ecdsa-p256', existing: certificate }), []);
});

test('a life that was cut to its authority is not too short', async (t) => {
  const { certificate, ca } = await made(strict, { at: new Date(now.getTime() + 6_000_000) });
  const comparison = { template: strict, keys: 'ecdsa-p256', existing: certificate } as const;
  t.deepEqual(compare(comparison), ['life']);
  t.deepEqual(compare({ ...comparison, issuer: ca }), []);
  t.deepEqual(compare({ ...comparison, template: { ...strict, life: { ...strict.life, validity: 60 } }, issuer: ca }), [
    'life',
  ]);
});

test('a life that began with its authority is not compared', async (t) => {
  const template: Template = { ...kubeadm, life: { ...kubeadm.life, from: 'issuer' } };
  const { certificate } = await made(template, { at: new Date(now.getTime() + 1_000_000) });
  t.deepEqual(compare({ template, keys: 'ecdsa-p256', existing: certificate }), []);
});

test('what a template cannot have is a difference', (t) => {
  const args = ['req', '-x509', '-nodes', '-newkey', 'ed25519', '-keyout', '/dev/null', '-subj', '/C=DE/CN=a'];
  const extensions = ['-addext', 'subjectAltName=URI:spiffe://a', '-addext', 'tlsfeature=status_request'];
  const existing = parseCertificate(
    execFileSync('openssl', [...args, ...extensions], { stdio: ['ignore', 'pipe', 'ignore'] }).toString(),
    'a',
  );
  const details = differences({ template: strict, keys: 'ed25519', existing }).map(({ detail }) => detail);
  for (const detail of ['subject -2.5.4.6=DE', 'SAN -URI:spiffe://a', 'extension -1.3.6.1.5.5.7.1.24'])
    t.true(details.includes(detail), detail);
});

test('a certificate was issued by its issuer, and by no other of the same name or key identifier', async (t) => {
  const [one, two] = [await made(strict), await made(strict)];
  t.true(issuedBy(one.certificate, one.ca));
  t.false(issuedBy(one.certificate, two.ca));
  t.false(issuedBy(one.certificate, { ...two.ca, subjectKeyId: one.ca.subjectKeyId }));
  t.false(issuedBy(one.certificate, { ...one.ca, subjectKeyId: two.ca.subjectKeyId }));
  t.false(issuedBy(one.certificate, { ...one.ca, subject: one.certificate.subject }));
  t.false(issuedBy(one.certificate, one.certificate));
});
