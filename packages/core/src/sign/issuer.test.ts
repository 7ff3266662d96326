import { execFileSync } from 'node:child_process';
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { PkiError } from '../error.ts';
import { type Algorithm, keyFromPrivatePem, softwareKeys, spkiOf } from '../keys/index.ts';
import type { Signer, Template } from './certificate.ts';
import {
  certificatePem,
  discoveryHash,
  issuedBy,
  localIssuer,
  parseCertificate,
  parseCertificates,
  sameKey,
  selfSigned,
  softwareSigner,
  waivers,
} from './index.ts';

const folder = mkdtempSync(join(tmpdir(), 'kubepki-issuer-'));
test.after.always(() => rmSync(folder, { recursive: true }));

const now = new Date('2026-03-01T12:00:00Z');
const day = 86_400;
const request = { now, random: randomBytes };
const source = softwareKeys();
const newKey = (algorithm: Algorithm) => source.make({ id: algorithm, algorithm });
const openssl = (...args: readonly string[]) =>
  execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'ignore'] }).toString();
const save = (name: string, der: Uint8Array) => {
  writeFileSync(join(folder, name), certificatePem(der));
  return join(folder, name);
};

const profiles = {
  strict: {
    serialBits: 159,
    life: { validity: 365 * day, from: 'backdate', backdate: 300, counts: 'life', cut: true },
  },
  kubeadm: {
    serialBits: 63,
    life: { validity: 365 * day, from: 'backdate', backdate: 300, counts: 'fromNow', cut: false },
    waives: waivers.kubeadm.map(({ rule }) => rule),
  },
} as const;
type ProfileName = keyof typeof profiles;

const authority = (profile: ProfileName): Template => ({
  ...profiles[profile],
  subject: [{ type: 'CN', value: 'kubernetes' }],
  authority: true,
  ...(profile === 'strict' ? { pathLength: 0 } : {}),
  keyUsage: profile === 'strict' ? ['keyCertSign', 'cRLSign'] : ['digitalSignature', 'keyEncipherment', 'keyCertSign'],
  extendedKeyUsage: [],
  sans: { dns: profile === 'strict' ? [] : ['kubernetes'], ips: [] },
  subjectKeyId: true,
  life: { ...profiles[profile].life, validity: 3650 * day },
});
const leaf = (profile: ProfileName): Template => ({
  ...profiles[profile],
  subject: [
    { type: 'O', value: 'system:nodes' },
    { type: 'CN', value: 'system:node:n1' },
  ],
  authority: false,
  keyUsage: profile === 'strict' ? ['digitalSignature'] : ['digitalSignature', 'keyEncipherment'],
  extendedKeyUsage: ['serverAuth', 'clientAuth'],
  sans: { dns: ['n1.example'], ips: ['10.0.0.1', 'fd00::1'] },
  subjectKeyId: profile === 'strict',
});
const issuerOf = async (algorithm: Algorithm, profile: ProfileName = 'strict') => {
  const key = await newKey(algorithm);
  const { certificate } = await selfSigned({ ...request, template: authority(profile), key });
  return { key, issuer: localIssuer({ certificate, signer: softwareSigner(key) }) };
};

const chains = test.macro({
  title: (_, algorithm: string, profile) =>
    `OpenSSL accepts what an authority ${algorithm} signs with profile ${profile}`,
  async exec(t, algorithm: Algorithm, profile: ProfileName) {
    const { issuer } = await issuerOf(algorithm, profile);
    const ca = save(`${algorithm}-${profile}.crt`, issuer.certificate.der);
    const kinds = ['ecdsa-p256', 'ecdsa-p384', 'ed25519', 'rsa-2048'] as const;
    const leaves = await Promise.all(
      kinds.map(async (kind) => {
        const { certificate } = await issuer.issue({ ...request, template: leaf(profile), key: await newKey(kind) });
        return save(`${algorithm}-${profile}-${kind}.crt`, certificate.der);
      }),
    );
    const verify = (...args: readonly string[]) =>
      openssl('verify', '-x509_strict', '-attime', `${now.getTime() / 1000}`, '-CAfile', ca, ...args);
    const accepted = leaves.map((file) => `${file}: OK\n`).join('');
    t.is(verify('-purpose', 'sslserver', '-verify_hostname', 'n1.example', ...leaves), accepted);
    t.is(verify('-purpose', 'sslserver', '-verify_ip', 'fd00::1', ...leaves), accepted);
    t.is(verify('-purpose', 'sslclient', '-verify_ip', '10.0.0.1', ...leaves), accepted);
    t.is(verify('-check_ss_sig', ca), `${ca}: OK\n`);
    t.throws(() => verify('-verify_hostname', 'n2.example', ...leaves));
  },
});
for (const algorithm of ['ecdsa-p256', 'ecdsa-p384', 'ed25519', 'rsa-2048'] as const) {
  test(chains, algorithm, 'strict');
  test(chains, algorithm, 'kubeadm');
}

test('the subject reads as it does from kubeadm', async (t) => {
  const { issuer } = await issuerOf('ecdsa-p384');
  const { certificate, cut } = await issuer.issue({
    ...request,
    template: leaf('strict'),
    key: await newKey('ecdsa-p256'),
  });
  const file = save('subject.crt', certificate.der);
  t.is(openssl('x509', '-noout', '-subject', '-in', file), 'subject=O = system:nodes, CN = system:node:n1\n');
  t.regex(
    openssl('x509', '-noout', '-text', '-in', file),
    /Version: 3[\s\S]*ecdsa-with-SHA384[\s\S]*Not Before: Mar {2}1 11:55:00 2026 GMT\s+Not After : Mar {2}1 11:54:59 2027 GMT/,
  );
  t.false(cut);
});

test('a foreign issuer is copied byte for byte, its name and its key identifier', async (t) => {
  const [keyFile, file] = [join(folder, 'foreign.key'), join(folder, 'foreign.crt')];
  const subject = [
    '-subj',
    '/C=DE/O=b+OU=a/CN=ü',
    '-utf8',
    '-addext',
    'subjectKeyIdentifier=01020304',
    '-addext',
    'authorityKeyIdentifier=none',
  ];
  openssl('req', '-x509', '-nodes', '-newkey', 'ed25519', ...subject, '-keyout', keyFile, '-out', file);
  const foreign = parseCertificate(readFileSync(file, 'utf8'), file);
  const signer = softwareSigner(keyFromPrivatePem(readFileSync(keyFile, 'utf8'), keyFile));
  const made = { ...request, now: new Date(), template: leaf('strict'), key: await newKey('ecdsa-p256') };
  const { certificate, cut } = await localIssuer({ certificate: foreign, signer }).issue(made);
  t.true(cut);
  t.is(certificate.notAfter.getTime(), foreign.notAfter.getTime());
  t.deepEqual(certificate.issuer, foreign.subject);
  t.deepEqual(certificate.authorityKeyId, Uint8Array.of(1, 2, 3, 4));
  t.is(
    openssl('verify', '-CAfile', file, save('of-foreign.crt', certificate.der)),
    `${join(folder, 'of-foreign.crt')}: OK\n`,
  );
});

test('a certificate that signs itself names no other key', async (t) => {
  const { issuer, key } = await issuerOf('ecdsa-p256');
  t.is(issuer.certificate.authorityKeyId, undefined);
  t.is(issuer.certificate.subjectKeyId?.length, 20);
  t.true(issuedBy(issuer.certificate, issuer.certificate));
  t.true(sameKey(key, issuer.certificate));
});

test('an authority below another is signed as far as the path length allows', async (t) => {
  const key = await newKey('ecdsa-p256');
  const root = await selfSigned({ ...request, template: { ...authority('strict'), pathLength: 1 }, key });
  const issuer = localIssuer({ certificate: root.certificate, signer: softwareSigner(key) });
  const middle = await newKey('ecdsa-p384');
  const below = await issuer.issue({ ...request, template: authority('strict'), key: middle });
  const last = localIssuer({ certificate: below.certificate, signer: softwareSigner(middle) });
  const end = await last.issue({ ...request, template: leaf('strict'), key: await newKey('ed25519') });
  const [ca, untrusted, file] = [root, below, end].map(({ certificate }, i) => save(`path-${i}.crt`, certificate.der));
  const files = ['-CAfile', ca ?? '', '-untrusted', untrusted ?? '', file ?? ''];
  t.is(openssl('verify', '-x509_strict', '-attime', `${now.getTime() / 1000}`, ...files), `${file}: OK\n`);
  await t.throwsAsync(last.issue({ ...request, template: authority('strict'), key: middle }), {
    instanceOf: PkiError,
    code: 'AUTHORITY_UNUSABLE',
  });
  await t.throwsAsync(issuer.issue({ ...request, template: { ...authority('strict'), pathLength: 1 }, key }), {
    instanceOf: PkiError,
    code: 'AUTHORITY_UNUSABLE',
  });
});

test('an authority without its key, with another key, or without the right to sign is refused', async (t) => {
  const { issuer, key } = await issuerOf('ecdsa-p256');
  const { certificate } = await issuer.issue({ ...request, template: leaf('strict'), key });
  const other = softwareSigner(await newKey('ecdsa-p256'));
  t.throws(() => localIssuer({ certificate: issuer.certificate, signer: other }), {
    instanceOf: PkiError,
    code: 'AUTHORITY_KEY_MISMATCH',
  });
  t.throws(() => localIssuer({ certificate, signer: softwareSigner(key) }), {
    instanceOf: PkiError,
    code: 'AUTHORITY_UNUSABLE',
  });
  t.throws(() => softwareSigner({ algorithm: key.algorithm, publicKey: key.publicKey }), {
    instanceOf: PkiError,
    code: 'KEY_ABSENT',
  });
});

test('an authority that expired signs nothing', async (t) => {
  const { issuer, key } = await issuerOf('ecdsa-p256');
  const later = new Date('2037-01-01T00:00:00Z');
  await t.throwsAsync(issuer.issue({ ...request, now: later, template: leaf('strict'), key }), {
    instanceOf: PkiError,
    code: 'AUTHORITY_EXPIRED',
  });
});

test('each signature of a signer that is not software is verified, and of a software signer the first', async (t) => {
  const { issuer, key } = await issuerOf('ecdsa-p256');
  const made = { ...request, template: leaf('strict'), key };
  const wrong = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  let good = true;
  const signer: Signer = {
    algorithm: 'ecdsa-p256',
    publicKey: spkiOf(key.publicKey),
    sign: async (tbs) => sign('sha256', tbs, good ? (key.privateKey ?? wrong) : wrong),
  };
  const hardware = localIssuer({ certificate: issuer.certificate, signer });
  await t.notThrowsAsync(hardware.issue(made));
  good = false;
  const error = await t.throwsAsync(hardware.issue(made), { instanceOf: PkiError, code: 'SIGNER_FAILED' });
  t.is(error?.message, "system:node:n1: the signed certificate does not verify with the signer's key");
  const mixed = softwareSigner({ ...key, privateKey: wrong });
  const software = localIssuer({ certificate: issuer.certificate, signer: mixed });
  await t.throwsAsync(software.issue(made), { instanceOf: PkiError, code: 'SIGNER_FAILED' });
});

test('the discovery hash is what OpenSSL computes of the public key', async (t) => {
  const { issuer } = await issuerOf('ecdsa-p384');
  const pem = openssl('x509', '-pubkey', '-noout', '-in', save('hash.crt', issuer.certificate.der));
  const der = Buffer.from(pem.split('\n').slice(1, -2).join(''), 'base64');
  t.is(discoveryHash(issuer.certificate), `sha256:${createHash('sha256').update(der).digest('hex')}`);
});

test('an authority of OpenSSL’s that is certified again keeps name and key identifier, so that what it signed stays good', async (t) => {
  const at = (name: string) => join(folder, `again-${name}`);
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.crt'),
    '-subj',
    '/CN=kubernetes',
    '-days',
    '10',
    '-utf8',
  );
  openssl(
    'req',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    at('leaf.key'),
    '-out',
    at('leaf.csr'),
    '-subj',
    '/CN=leaf',
  );
  const extensions = at('leaf.cnf');
  writeFileSync(extensions, 'authorityKeyIdentifier=keyid:always\nbasicConstraints=critical,CA:FALSE\n');
  openssl(
    'x509',
    '-req',
    '-in',
    at('leaf.csr'),
    '-CA',
    at('ca.crt'),
    '-CAkey',
    at('ca.key'),
    '-CAcreateserial',
    '-extfile',
    extensions,
    '-days',
    '9',
    '-out',
    at('leaf.crt'),
  );
  const pem = (name: string) => readFileSync(at(name), 'utf8');
  const [old] = parseCertificates(pem('ca.crt'), 'ca.crt');
  const key = keyFromPrivatePem(pem('ca.key'), 'ca.key');
  t.truthy(old);
  if (old === undefined) return;
  const { certificate } = await selfSigned({
    ...request,
    now: new Date(),
    template: authority('strict'),
    key,
    again: old,
  });
  t.deepEqual(certificate.subject, old.subject);
  t.deepEqual(certificate.subjectKeyId, old.subjectKeyId);
  t.not(certificate.serial, old.serial);
  t.regex(openssl('verify', '-x509_strict', '-CAfile', save('again-new.crt', certificate.der), at('leaf.crt')), /OK/);
  const renamed = await selfSigned({ ...request, now: new Date(), template: authority('strict'), key });
  t.notDeepEqual(renamed.certificate.subjectKeyId, old.subjectKeyId);
});
