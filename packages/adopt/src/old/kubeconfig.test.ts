import { PkiError } from '@kubepki/core';
import test from 'ava';
import { memoryFiles, type Texts } from '../testing/old.ts';
import { readOldKubeconfig } from './kubeconfig.ts';
import { oldPlace } from './place.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
const path = '/etc/kubernetes/admin.conf';
const read = (text: string, more: Texts = {}) =>
  readOldKubeconfig(oldPlace(memoryFiles('old', { 'pki/ca.crt': 'x', 'admin.conf': text, ...more })), path);

const kubectl = `apiVersion: v1
kind: Config
current-context: second
clusters:
- {name: one, cluster: {server: "https://10.0.0.1:6443"}}
- name: two
  cluster:
    certificate-authority-data: ${base64('the authority')}
    server: https://10.0.0.2:6443
contexts:
- {name: first, context: {cluster: one, user: nobody}}
- {name: second, context: {cluster: two, user: jane}}
users:
- name: jane
  user:
    client-certificate-data: ${base64('her certificate')}
    client-key-data: ${base64('her key')}
- {name: nobody, user: {token: abc}}
`;

test('What counts is the current context', (t) => {
  const { authority, certificate, key, ...rest } = read(kubectl) ?? {};
  t.deepEqual(rest, {
    where: 'old/admin.conf',
    cluster: 'two',
    user: 'jane',
    server: 'https://10.0.0.2:6443',
    byPath: false,
    absent: [],
  });
  t.deepEqual([authority?.text, certificate?.text, key?.text], ['the authority', 'her certificate', 'her key']);
});

test('Files that it names are read where they were given, and named where they were not', (t) => {
  const conf = {
    kind: 'Config',
    clusters: [{ name: 'one', cluster: { server: 'https://x', 'certificate-authority': 'pki/ca.crt' } }],
    users: [
      {
        name: 'u',
        user: { 'client-certificate': '/var/lib/kubelet/pki/x.pem', 'client-key': '/etc/kubernetes/x.key' },
      },
    ],
    contexts: [{ name: 'c', context: { cluster: 'one', user: 'u' } }],
    'current-context': 'c',
  };
  const found = read(JSON.stringify(conf), { 'x.key': 'its key' });
  t.deepEqual(found?.authority, { text: 'x', where: 'old/pki/ca.crt' });
  t.deepEqual(found?.key, { text: 'its key', where: 'old/x.key' });
  t.is(found?.certificate, undefined);
  t.deepEqual(found?.absent, ['/var/lib/kubelet/pki/x.pem']);
});

test('What is no kubeconfig is refused, and nothing of it is repeated', (t) => {
  const secret = 'MARKER-SECRET';
  for (const text of [`{${secret}`, `kind: Pod\nx: ${secret}\n`, kubectl.replace(base64('her key'), `"${secret}!"`)]) {
    const error = t.throws<PkiError>(() => read(text), { instanceOf: PkiError, code: 'KUBECONFIG_UNREADABLE' });
    t.false(JSON.stringify([error?.message, error?.hint, error?.problems]).includes(secret));
  }
  const nothing = oldPlace(memoryFiles('old', { 'pki/ca.crt': 'x' }));
  t.is(readOldKubeconfig(nothing, path), undefined);
});
