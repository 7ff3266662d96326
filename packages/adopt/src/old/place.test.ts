import { PkiError } from '@kubepki/core';
import test from 'ava';
import { memoryFiles, type Texts } from '../testing/old.ts';
import { oldPlace } from './place.ts';

const place = (texts: Texts) => oldPlace(memoryFiles('old', texts));
const ca = '/etc/kubernetes/pki/ca.crt';

test('What a folder is of its node follows from what is in it', (t) => {
  t.is(place({ 'etc/kubernetes/pki/ca.crt': 'x' }).text(ca), 'x');
  t.is(place({ 'pki/ca.crt': 'x' }).text(ca), 'x');
  t.is(place({ 'ca.crt': 'x', 'etcd/ca.crt': 'y' }).text('/etc/kubernetes/pki/etcd/ca.crt'), 'y');
  t.is(place({ 'kubelet.conf': 'x' }).text('/etc/kubernetes/kubelet.conf'), 'x');
  const flat = place({ 'ca.crt': 'x', 'admin.conf': 'y' });
  t.deepEqual([flat.form, flat.text('admin.conf'), flat.text(ca)], ['flat', 'y', undefined]);
  t.is(place({ 'ca.pem': 'x', 'apiserver.pem': 'y' }).names, 'pem');
});

test('A folder of no known form and an output folder of kubepki are refused', (t) => {
  t.throws(() => place({ 'readme.txt': 'x' }), { instanceOf: PkiError, code: 'OLD_UNKNOWN' });
  t.throws(() => place({ '.kubepki': '{}', 'current/x': '' }), { instanceOf: PkiError, code: 'OLD_IS_OUTPUT' });
});

test('Links are followed on the node that the files are of, and not out of what was given', (t) => {
  const root = place({
    'etc/kubernetes/pki/ca.crt': '-> /data/ca.crt',
    'data/ca.crt': 'x',
    'etc/kubernetes/pki/round': '-> round',
    'etc/kubernetes/pki/up': '-> ../../../data/ca.crt',
  });
  t.is(root.text(ca), 'x');
  t.is(root.text('/etc/kubernetes/pki/up'), 'x');
  t.is(root.text('/etc/kubernetes/pki/round'), undefined);
  t.is(place({ 'pki/ca.crt': '-> /etc/passwd' }).text(ca), undefined);
  t.is(place({ 'pki/ca.crt': '-> ../../x', x: 'out' }).text(ca), undefined);
});

test('Only what can be a credential is listed, however large the rest is', (t) => {
  const root = place({
    'etc/kubernetes/admin.conf': '',
    'etc/kubernetes/manifests/a.yaml': '',
    'etc/kubernetes/pki/etcd/ca.crt': '',
    'etc/passwd': '',
    'var/lib/kubelet/pki/kubelet.crt': '',
    'var/lib/kubelet/pods/x': '',
  });
  t.deepEqual(
    [...root.paths()],
    ['/etc/kubernetes/admin.conf', '/etc/kubernetes/pki/etcd/ca.crt', '/var/lib/kubelet/pki/kubelet.crt'],
  );
});
