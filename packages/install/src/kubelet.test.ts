import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { file, freshFolder } from './_place.test.ts';
import { kubeletRules } from './kubelet.ts';

const pki = 'var/lib/kubelet/pki';
const current = `${pki}/kubelet-client-current.pem`;
const name = '/O=system:nodes/CN=system:node:w-1';
const day = 86_400_000;

/** Certificates by OpenSSL: of an authority, or of a client that it signed. */
function openssl(folder: string, wanted: { readonly subject: string; readonly by?: string }) {
  const path = join(folder, `${Math.random()}`.slice(2));
  const { subject, by } = wanted;
  const signer = by === undefined ? ['-addext', 'basicConstraints=critical,CA:TRUE'] : ['-CA', by, '-CAkey', by];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-keyout', `${path}.key`, '-out', `${path}.crt`];
  execFileSync('openssl', ['req', '-x509', '-nodes', '-days', '20', '-subj', subject, ...signer, ...key], {
    stdio: 'pipe',
  });
  const [certificate, secret] = [`${path}.crt`, `${path}.key`].map((one) => readFileSync(one, 'utf8'));
  const pem = `${certificate}${secret}`;
  writeFileSync(`${path}.pem`, pem);
  return { certificate: certificate ?? '', secret: secret ?? '', pem, path: `${path}.pem` };
}

/** A node that is to have a certificate by an authority, and what its kubelet has instead. */
function node(t: ExecutionContext) {
  const root = freshFolder(t);
  mkdirSync(join(root, pki), { recursive: true });
  const ca = openssl(root, { subject: '/CN=ca' });
  const planned = openssl(root, { subject: name, by: ca.path });
  const files = [
    file(`${pki}/kubelet-client.pem`, { text: planned.pem }),
    file('etc/kubernetes/pki/ca.crt', { text: ca.certificate, mode: 0o644 }),
  ];
  const wanted = { files, links: [{ path: current, link: 'kubelet-client.pem' }], folderMode: () => 0o700 };
  const has = (text: string, link = `/${pki}/kubelet-client-1.pem`) => {
    writeFileSync(join(root, pki, 'kubelet-client-1.pem'), text);
    symlinkSync(link, join(root, current));
  };
  return { root, ca, planned, wanted, has, rules: (now = new Date()) => kubeletRules(wanted, { root, now }) };
}

for (const link of [`/${pki}/kubelet-client-1.pem`, 'kubelet-client-1.pem']) {
  test(`a good certificate that the kubelet has by ${link} is left alone`, (t) => {
    const { root, ca, has, rules } = node(t);
    has(openssl(root, { subject: name, by: ca.path }).pem, link);
    const { leaves, discards, renewedUntil } = rules();
    t.deepEqual([current, `${pki}/kubelet-client.pem`, `${pki}/kubelet.key`].map(leaves), [true, true, false]);
    t.false(discards(current));
    t.true((renewedUntil?.getTime() ?? 0) > Date.now() + 19 * day);
  });
}

test('a certificate gives way whose life is over or has not begun, or that is of another authority or name', (t) => {
  const bad: Readonly<Record<string, (it: ReturnType<typeof node>) => readonly [pem: string, now?: Date]>> = {
    over: ({ root, ca }) => [openssl(root, { subject: name, by: ca.path }).pem, new Date(Date.now() + 21 * day)],
    early: ({ root, ca }) => [openssl(root, { subject: name, by: ca.path }).pem, new Date(Date.now() - day)],
    foreign: ({ root }) => [openssl(root, { subject: name, by: openssl(root, { subject: '/CN=ca' }).path }).pem],
    another: ({ root, ca }) => [openssl(root, { subject: name.replace('w-1', 'w-2'), by: ca.path }).pem],
    keyless: ({ root, ca }) => [openssl(root, { subject: name, by: ca.path }).certificate],
    mismatched: ({ root, ca, planned }) => [openssl(root, { subject: name, by: ca.path }).certificate + planned.secret],
    broken: () => ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'],
    empty: () => [''],
  };
  for (const [what, make] of Object.entries(bad)) {
    const it = node(t);
    const [pem, now] = make(it);
    it.has(pem);
    const { leaves, discards, renewedUntil } = it.rules(now);
    t.deepEqual([leaves(current), discards(current), renewedUntil], [false, true, undefined], what);
    t.false(discards(`${pki}/kubelet-client.pem`), what);
  }
});

test('a certificate that kubepki put there is no one’s renewal, nor is there one where none is wanted', (t) => {
  const own = node(t);
  symlinkSync('kubelet-client.pem', join(own.root, current));
  t.deepEqual([own.rules().leaves(current), own.rules().discards(current)], [false, false]);
  const { root, ca, wanted, has } = node(t);
  has(openssl(root, { subject: name, by: ca.path }).pem);
  t.false(kubeletRules({ ...wanted, links: [] }, { root, now: new Date() }).leaves(current));
});
