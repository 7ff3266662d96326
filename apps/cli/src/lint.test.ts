import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import test from 'ava';
import { authority, client, kubeconfig, openssl, server } from './testing/openssl.ts';
import { type Desk, desk, two } from './testing/program.ts';

type Json = {
  readonly counts: Readonly<Record<string, number>>;
  readonly certificates: readonly {
    readonly places: readonly object[];
    readonly subject: string | null;
    readonly issuer: string | null;
    readonly findings: readonly { readonly rule: string; readonly waived: boolean; readonly reason?: string }[];
  }[];
};
const json = async (own: Desk, ...args: readonly string[]) =>
  JSON.parse((await own.kubepki(['lint', '--json', ...args])).stdout) as Json;
const rules = ({ certificates }: Json) => certificates.map(({ findings }) => findings.map(({ rule }) => rule));

test('In a tree of profile strict nothing is found', async (t) => {
  const own = desk(t);
  own.write('cluster.yaml', two);
  await own.kubepki(['generate']);
  const { status, stdout, stderr } = await own.kubepki(['lint', 'pki']);
  t.deepEqual({ status, stderr }, { status: 0, stderr: '' });
  t.regex(stdout, /^\d\d certificates in \d\d files: 0 errors, 0 warnings\n$/);
  const { certificates } = await json(own, 'pki/current');
  for (const { issuer } of certificates) t.not(issuer, null);
});

test('In a tree of profile kubeadm only that is found which the profile waives', async (t) => {
  const own = desk(t);
  own.write('cluster.yaml', { ...two, profile: 'kubeadm' });
  await own.kubepki(['generate']);
  const { status, stdout } = await own.kubepki(['lint', '--profile', 'kubeadm', 'pki/current']);
  t.is(status, 0);
  t.regex(stdout, /\n {2}subject-key-id-leaf: \d\d certificates, pki\/.* more\n {4}kubeadm gives leaves no /);
  t.regex(stdout, / files: 0 errors, 0 warnings, \d\d waived by kubeadm\n$/);
  const { certificates } = await json(own, '--profile', 'kubeadm', 'pki/current');
  for (const { waived, reason } of certificates.flatMap(({ findings }) => findings)) t.true(waived && !!reason);
  const strict = await own.kubepki(['lint', 'pki/current']);
  t.is(strict.status, 2);
  t.regex(strict.stdout, /\nall of it is as kubeadm does it; --profile kubeadm leaves that out\n/);
});

test('What is found is told by file, subject, rule, how, and what to do', async (t) => {
  const own = desk(t);
  openssl(own, 'ca', { extensions: authority.map((line) => line.replace(',pathlen:0', '')) });
  openssl(own, 'a', {
    by: 'ca',
    days: 30,
    extensions: server.map((line) => line.replace('critical,digital', 'digital')),
  });
  const done = await own.kubepki(['lint', 'ca.crt', 'a.crt']);
  t.is(done.status, 2);
  t.is(
    done.stdout,
    [
      'ca.crt  CN=ca',
      '  warning  path-length: it has no path length',
      '           Give it a path length when it is made anew: 0 where it signs leaves alone.',
      '',
      'a.crt  CN=a',
      '  error    key-usage: its key usage is not critical',
      '           Add a critical key usage.',
      '',
      '2 certificates in 2 files: 1 error, 1 warning\n',
    ].join('\n'),
  );
  const alone = await own.kubepki(['lint', 'ca.crt']);
  t.is(alone.status, 0);
  t.regex(alone.stdout, /: 0 errors, 1 warning\n$/);
});

test('An issuer is judged with where it is among the files, whichever comes first', async (t) => {
  const own = desk(t);
  openssl(own, 'ca', { days: 30 });
  openssl(own, 'a', { by: 'ca', extensions: server });
  openssl(own, 'b', {
    by: 'ca',
    days: 10,
    extensions: server.map((line) => (line === 'authorityKeyIdentifier=keyid' ? 'authorityKeyIdentifier=none' : line)),
  });
  t.deepEqual(rules(await json(own, 'a.crt')), [[]]);
  t.deepEqual(rules(await json(own, 'a.crt', 'b.crt', 'ca.crt')), [['life-issuer'], ['authority-key-id'], []]);
  t.deepEqual(rules(await json(own, 'ca.crt', 'a.crt')), [[], ['life-issuer']]);
  // An authority of the same name did not sign it.
  openssl(own, 'other', { subject: '/CN=ca', days: 10 });
  t.deepEqual(rules(await json(own, 'other.crt', 'a.crt')), [[], []]);
  // Its successor with the same key did.
  openssl(own, 'new', { subject: '/CN=ca', days: 300, key: 'ca' });
  writeFileSync(own.path('new.key'), own.read('ca.key'));
  openssl(own, 'c', { by: 'new', days: 200, extensions: server });
  t.deepEqual(rules(await json(own, 'ca.crt', 'new.crt', 'b.crt', 'c.crt')), [[], [], ['authority-key-id'], []]);
});

test('Certificates are found in PEM, DER, kubeconfigs, files with a key and folders, and each is judged once', async (t) => {
  const own = desk(t);
  for (const name of ['ca', 'front']) openssl(own, `k8s/${name}`);
  openssl(own, 'jane', { by: 'k8s/ca', extensions: client });
  const [ca, front, jane, key] = ['k8s/ca.crt', 'k8s/front.crt', 'jane.crt', 'jane.key'].map(own.read);
  own.write('k8s/bundle.pem', `# two\r\n${ca}${front}`);
  own.write('k8s/jane.pem', `${jane}${key}`);
  own.write('k8s/jane.conf', kubeconfig(ca ?? '', jane ?? '', key ?? ''));
  own.write('k8s/list.json', { kind: 'List', items: [] });
  own.write('k8s/config', kubeconfig(`${ca}${front}`, jane ?? '', key ?? ''));
  own.write('k8s/values.yaml', 'a: &a [b]\n');
  execFileSync('openssl', ['x509', '-in', 'jane.crt', '-outform', 'DER', '-out', 'k8s/jane.der'], { cwd: own.cwd });
  symlinkSync('.', own.path('k8s/loop'));
  symlinkSync('jane.pem', own.path('k8s/current.pem'));
  mkdirSync(own.path('k8s/.git'));
  own.write('k8s/.git/a.crt', 'not ours');
  const { counts, certificates } = await json(own, 'k8s');
  t.deepEqual(counts, { files: 7, certificates: 3, errors: 0, warnings: 0, waived: 0 });
  const bySubject = new Map(certificates.map(({ subject, places }) => [subject, places]));
  t.deepEqual(bySubject.get('CN=k8s ca'), [
    { file: 'k8s/bundle.pem', number: 1 },
    { file: 'k8s/ca.crt' },
    { file: 'k8s/config', entry: 'clusters[0]', number: 1 },
    { file: 'k8s/jane.conf', entry: 'clusters[0]' },
  ]);
  t.deepEqual(bySubject.get('CN=jane'), [
    { file: 'k8s/current.pem' },
    { file: 'k8s/jane.der' },
    { file: 'k8s/config', entry: 'users[0]' },
    { file: 'k8s/jane.conf', entry: 'users[0]' },
  ]);
});

test('A kubeconfig in YAML and a certificate on stdin are read too', async (t) => {
  const own = desk(t);
  openssl(own, 'ca');
  const base64 = Buffer.from(own.read('ca.crt')).toString('base64');
  const lines = ['apiVersion: v1', 'kind: Config', 'clusters:', '- name: c', '  cluster:'];
  own.write('a.yaml', `${lines.join('\n')}\n    certificate-authority-data: ${base64}\nusers: null\n`);
  t.is((await json(own, 'a.yaml')).counts.certificates, 1);
  const { status, stdout } = await own.kubepki(['lint', '-'], { input: own.read('ca.crt') });
  t.is(status, 0);
  t.regex(stdout, /^1 certificate in 1 file: /);
});

test('What a file of kubeadm’s is for is known by its name', async (t) => {
  const own = desk(t);
  openssl(own, 'pki/etcd/server', { extensions: server });
  openssl(own, 'pki/ca');
  writeFileSync(own.path('pki/front-proxy-ca.crt'), own.read('pki/ca.crt'));
  rmSync(own.path('pki/ca.key'));
  const found = rules(await json(own, 'pki')).flat();
  t.true(found.includes('front-proxy-apart'));
  t.true(found.includes('etcd-usages'));
});
