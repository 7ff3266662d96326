import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import test from 'ava';
import { inProcess } from './testing/in-process.ts';
import { authority, client, kubeconfig, openssl } from './testing/openssl.ts';
import { desk } from './testing/program.ts';
import { grownDesk } from './testing/trees.ts';

test('Files of others are told by their paths, with kubeconfigs, what these name, and a kubelet’s pem', async (t) => {
  const own = desk(t);
  openssl(own, 'k8s/pki/ca', { days: 900 });
  openssl(own, 'jane', { by: 'k8s/pki/ca', extensions: client, days: 20 });
  openssl(own, 'kubelet', {
    by: 'k8s/pki/ca',
    extensions: client,
    subject: '/O=system:nodes/CN=system:node:w-1',
    days: 40,
  });
  const [ca, jane, key] = ['k8s/pki/ca.crt', 'jane.crt', 'jane.key'].map(own.read);
  own.write('k8s/admin.conf', kubeconfig(ca ?? '', jane ?? '', key ?? ''));
  mkdirSync(own.path('lib'));
  own.write('lib/kubelet-client-2026-01-01-00-00-00.pem', `${own.read('kubelet.crt')}${own.read('kubelet.key')}`);
  symlinkSync('kubelet-client-2026-01-01-00-00-00.pem', own.path('lib/kubelet-client-current.pem'));
  const user = { 'client-certificate': '../lib/kubelet-client-current.pem' };
  own.write('k8s/kubelet.conf', { kind: 'Config', clusters: [], users: [{ name: 'u', user }] });
  const { status, stdout, stderr } = await own.kubepki(['status', 'k8s', '--fail-under', '30d']);
  t.deepEqual({ status, stderr }, { status: 2, stderr: '' });
  const rows = stdout.split('\n').map((line) => line.split(/ {2,}/));
  t.deepEqual(
    rows.slice(1, 4).map((row) => row.slice(0, 4)),
    [
      ['k8s/admin.conf users[0]', '-', 'person', 'k8s pki ca'],
      ['lib/kubelet-client-current.pem', 'w-1', 'client', 'k8s pki ca'],
      ['k8s/pki/ca.crt', '-', 'authority', 'k8s pki ca'],
    ],
  );
  t.regex(stdout, /\nof 3 certificates 1 ends within 30d: k8s\/admin\.conf users\[0\] \(19d\)\n$/);
});

test('What cannot be read is told on stderr, the rest is shown, and it ends with 65', async (t) => {
  const own = desk(t);
  openssl(own, 'ca', { days: 900 });
  own.write('broken.crt', 'x');
  const named = await own.kubepki(['status', '.']);
  t.is(named.status, 65);
  t.regex(named.stdout, /^ca\.crt /m);
  t.is(
    named.stderr,
    'error: 1 file or folder could not be read\n  broken.crt: it holds no certificate\n    PEM, DER or a kubeconfig with its certificates inside\n',
  );
  const json = await inProcess(['status', '--json', own.path('ca.crt'), own.path('none')]);
  t.is(json.status, 65);
  t.like(JSON.parse(json.stdout), {
    certificates: { length: 1 },
    problems: [{ where: own.path('none'), message: 'there is no such file or folder' }],
  });
  // That something ends too early is known all the same.
  t.is((await inProcess(['status', own.cwd, '--fail-under', '3y'])).status, 2);
});

test('A kubeconfig of another machine is no error, but told', async (t) => {
  const own = desk(t);
  openssl(own, 'ca');
  const user = { 'client-certificate': '/nowhere/kubelet-client-current.pem' };
  own.write('kubelet.conf', { kind: 'Config', users: [{ name: 'u', user }] });
  const { status, stderr } = await own.kubepki(['status', 'ca.crt', 'kubelet.conf']);
  t.is(status, 0);
  t.is(stderr, 'warning: kubelet.conf users[0]: it names /nowhere/kubelet-client-current.pem, which is not here\n');
});

test('Of many that cannot be read the first are told, and with --json all', async (t) => {
  const own = desk(t);
  openssl(own, 'ca');
  for (let index = 0; index < 70; index += 1) own.write(`${index}.crt`, 'x');
  const { status, stderr } = await inProcess(['status', own.cwd]);
  t.is(status, 65);
  t.regex(stderr, /^error: 70 files or folders could not be read\n(.*\n.*\n){60} {2}… and 10 more; --json has all\n$/);
  t.is(JSON.parse((await inProcess(['status', '--json', own.cwd])).stdout).problems.length, 70);
});

test('Neither a key nor what a terminal would obey is printed', async (t) => {
  const own = desk(t);
  openssl(own, 'evil', { subject: '/CN=a\u001b[31m\u202e\nb', extensions: authority });
  const file = 'e\u001b[2J\n.pem';
  own.write(file, `${own.read('evil.crt')}${own.read('evil.key')}`);
  writeFileSync(own.path('no\u001b[2J.crt'), 'x');
  for (const columns of [undefined, 100]) {
    const { stdout, stderr } = await inProcess(
      ['status', own.path(file), own.path('no\u001b[2J.crt')],
      columns === undefined ? {} : { columns },
    );
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what must not be there
    t.notRegex(stdout + stderr, /\u001b|\u202e|PRIVATE KEY/);
  }
  const { status } = await own.kubepki(['status', file, '--metrics', 'a.prom']);
  t.is(status, 0);
  const series = 'kubepki_certificate_expiration_timestamp_seconds{id="e\u001b[2J\\n.pem",node="",issuer="a';
  t.true(own.read('a.prom').includes(series));
});

test('Wrong usage, and a tree that is not there or broken, are told as such', async (t) => {
  const own = await grownDesk(t);
  const refused = async (args: readonly string[], says: RegExp) => {
    const { status, stdout, stderr } = await inProcess(['status', ...args]);
    t.regex(stderr.replaceAll(`${own.cwd}/`, ''), says);
    t.is(stdout, '');
    return status;
  };
  const [tree, none] = [own.path('pki'), own.path('none')];
  t.is(
    await refused(['--fail-under', '30', tree], /--fail-under "30": a duration without a unit\nhint: write one like/),
    64,
  );
  t.is(await refused(['-o', 'a', 'b'], /the folder is named twice/), 64);
  t.is(await refused([tree, '--metrics', own.path('a.txt')], /a\.txt does not end in \.prom\nhint: the textfile /), 64);
  t.is(
    await refused([tree, '--metrics', `${none}/a.prom`], /cannot write none\/a\.prom \(ENOENT\)\nhint: make its/),
    74,
  );
  t.is(await refused(['--dry-run'], /status has no option --dry-run/), 64);
  const hint = /^error: none has no PKI yet\nhint: .* generate makes one; .* status \/etc\/kubernetes\n/;
  t.is(await refused(['-o', none], hint), 65);
  t.is(await refused([none], /^error: none: there is no such file or folder\n/), 65);
  own.edit('manifest.json', (text) => text.slice(1));
  t.is(await refused([tree], /pki\/generations\/0001\/manifest\.json/), 65);
});
