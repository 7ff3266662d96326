import { chmodSync, copyFileSync, truncateSync, unlinkSync } from 'node:fs';
import test from 'ava';
import { type Grown, grownDesk } from './testing/trees.ts';

const cp = 'nodes/cp-1/etc/kubernetes';
const w = 'nodes/w-1/etc/kubernetes';

/** A fault, how it is planted, and what is said of it: `check where: message`. */
const faults: Readonly<Record<string, readonly [plant: (own: Grown) => void, ...says: RegExp[]]>> = {
  'a key that was swapped': [
    (own) => own.edit(`${cp}/pki/apiserver.key`, () => own.read(own.current(`${cp}/pki/etcd/server.key`))),
    /^changed nodes\/cp-1\/\S+\/apiserver\.key: it was changed since kubepki wrote it$/m,
    /^key apiserver@cp-1: the key in \S+apiserver\.key does not belong to its certificate/m,
  ],
  'a key that others can read': [
    (own) => chmodSync(own.path(own.current(`${cp}/pki/apiserver.key`)), 0o644),
    /^mode nodes\/cp-1\/\S+\/apiserver\.key: others can read this secret file: its mode is 0644, and 0600 is planned$/m,
  ],
  'a folder that others may write into': [
    (own) => chmodSync(own.path('pki'), 0o777),
    /^mode pki: others may write into it, and replace what is there: its mode is 0777$/m,
  ],
  'an authority’s key on a worker': [
    (own) => copyFileSync(own.path(own.current('authorities/ca.key')), own.path(own.current(`${w}/pki/ca.key`))),
    /^node nodes\/w-1\/\S+\/ca\.key: .*w-1 is not to have it; it holds the private key of ca$/m,
  ],
  'a certificate that was edited': [
    (own) =>
      own.edit(`${cp}/pki/apiserver.crt`, (text) =>
        text.replace(/^(.{30})(.)/m, (_, a, b) => a + (b === 'A' ? 'B' : 'A')),
      ),
    /^changed nodes\/cp-1\/\S+\/apiserver\.crt: it was changed since kubepki wrote it$/m,
  ],
  'a second certificate in the file that signs': [
    (own) => own.edit(`${cp}/pki/ca.crt`, (text) => text + own.read(own.current('authorities/etcd/ca.crt'))),
    /^signing nodes\/cp-1\/\S+\/ca\.crt: it holds 2 certificates, .*: kube-controller-manager signs with it, and takes exactly one$/m,
  ],
  'a kubeconfig with another server': [
    (own) => own.edit(`${w}/kubelet.conf`, (text) => text.replace('api.example.com', '10.0.0.99')),
    /^kubeconfig nodes\/w-1\/\S+\/kubelet\.conf: its server is "https:\/\/10\.0\.0\.99:6443", and "https:\/\/api\.example\.com:6443" is planned$/m,
    /^kubeconfig nodes\/w-1\/\S+\/kubelet\.conf: its server is at 10\.0\.0\.99, which the certificate of apiserver@cp-1 does not name$/m,
  ],
  'a file that was cut short': [
    (own) => truncateSync(own.path(own.current('users/admin.conf')), 700),
    /^changed users\/admin\.conf: /m,
    /^content users\/admin\.conf: /m,
  ],
  'a file that is missing': [
    (own) => unlinkSync(own.path(own.current(`${cp}/pki/etcd/server.crt`))),
    /^missing nodes\/cp-1\/\S+etcd\/server\.crt: it is missing$/m,
  ],
  'a file that nobody asked for': [
    (own) => own.write(own.current('users/todo.txt'), 'x'),
    /^extra users\/todo\.txt: kubepki did not write this file$/m,
  ],
  'a bundle that trusts a stranger': [
    (own) => own.edit(`${w}/pki/ca.crt`, () => own.read(own.current('authorities/front-proxy-ca.crt'))),
    /^trust nodes\/w-1\/\S+\/ca\.crt: it holds the certificate of front-proxy-ca, and is to hold that of ca$/m,
  ],
  'certificates that were swapped': [
    (own) => {
      const [one, other] = [`${cp}/pki/apiserver-kubelet-client.crt`, `${cp}/pki/front-proxy-client.crt`] as const;
      const text = own.read(own.current(one));
      own.edit(one, () => own.read(own.current(other)));
      own.edit(other, () => text);
    },
    /^chain apiserver-kubelet-client@cp-1: its certificate is not issued by ca, as planned$/m,
    /^plan apiserver-kubelet-client@cp-1: its certificate differs from the plan: /m,
  ],
  'a leaf that another authority signs, with its key': [
    (own) => {
      for (const ending of ['crt', 'key'])
        own.edit(`${cp}/pki/apiserver-kubelet-client.${ending}`, () =>
          own.read(own.current(`${cp}/pki/front-proxy-client.${ending}`)),
        );
    },
    /^connection apiserver-kubelet-client@cp-1: kubelet\/server does not trust the authority that signed it \(\d connections?\)$/m,
  ],
};

for (const [what, [plant, ...says]] of Object.entries(faults)) {
  test(`verify ends with 2 over ${what}, says which file and what to do, and writes nothing`, async (t) => {
    const own = await grownDesk(t);
    plant(own);
    const before = own.look();
    const { status, stdout, stderr } = await own.kubepki(['verify', '--json']);
    t.deepEqual({ status, stderr }, { status: 2, stderr: '' });
    const { verified, problems } = JSON.parse(stdout);
    t.false(verified);
    const told = problems.map((one: Record<string, string>) => `${one.check} ${one.where}: ${one.message}`).join('\n');
    for (const expected of says) t.regex(told, expected);
    t.true(
      problems.every(({ hint }: { hint?: string }) => hint !== undefined),
      stdout,
    );
    t.deepEqual(own.look(), before);
  });
}

test('Everything that is wrong is said at once, in words and with paths as the person would write them', async (t) => {
  const own = await grownDesk(t);
  for (const [plant] of [faults['a key that others can read'], faults['an authority’s key on a worker']].flatMap(
    (fault) => (fault ? [fault] : []),
  ))
    plant(own);
  unlinkSync(own.path(own.current('users/admin.conf')));
  const { status, stdout } = await own.kubepki(['verify']);
  t.is(status, 2);
  t.regex(stdout, /what is not as planned\n/);
  t.regex(
    stdout,
    /^ {2}pki\/current\/users\/admin\.conf: it is missing\n {4}bring back what was there, or remove it and run `\S.* generate`/m,
  );
  t.regex(stdout, /^ {2}pki\/current\/nodes\/cp-1\/\S+\/apiserver\.key: others can read/m);
  t.regex(stdout, /^ {2}pki\/current\/nodes\/w-1\/\S+\/ca\.key: /m);
  t.regex(stdout, /\nnot as planned: 3 problems in \d+ files, \d+ connections\n$/);
});
