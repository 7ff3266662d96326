import { generateKeyPairSync } from 'node:crypto';
import { copyFileSync, mkdirSync, rmSync, symlinkSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import test from 'ava';
import { type TestTree, testTree, verified } from './testing/tree.ts';

const cp = 'nodes/cp-1/etc/kubernetes';
const w = 'nodes/w-1';

/** Copies a file, and lets the manifest name the copy. */
function give({ path, read, manifest }: TestTree, from: string, to: string): void {
  copyFileSync(path(from), path(to));
  const line = read('manifest.json')
    .split('\n')
    .find((one) => one.includes(`"${from}"`));
  manifest((text) => text.replace(`${line}`, `${line?.replace(/,?$/, ',')}\n${line?.replace(from, to)}`));
}

/** A fault, how it is planted, what is told of it (`check where: message`), and how much more may be told. */
const faults: Record<string, [plant: (tree: TestTree) => void, says: readonly RegExp[], most?: number]> = {
  'a key of another certificate': [
    ({ read, write }) => write(`${cp}/pki/apiserver.key`, read(`${cp}/pki/etcd/server.key`)),
    [
      /^changed nodes\/cp-1\/etc\/kubernetes\/pki\/apiserver\.key: it was changed/,
      /^content .*apiserver\.key: it holds the private key of etcd\/server@cp-1, and is to hold that of apiserver@cp-1$/,
      /^key apiserver@cp-1: the key in .*apiserver\.key does not belong to its certificate in .*apiserver\.crt$/,
    ],
  ],
  'a key that others can read': [
    ({ chmod }) => chmod(`${cp}/pki/apiserver.key`, 0o644),
    [/^mode .*apiserver\.key: others can read this secret file: its mode is 0644, and 0600 is planned$/],
  ],
  'a certificate that only its owner can read': [
    ({ chmod }) => chmod(`${cp}/pki/apiserver.crt`, 0o600),
    [/^mode .*apiserver\.crt: its mode is 0600, and 0644 is planned$/],
  ],
  'a folder that others can look into': [
    ({ chmod }) => chmod(`${cp}/pki/etcd`, 0o755),
    [
      /^mode nodes\/cp-1\/etc\/kubernetes\/pki\/etcd: the folder is open to others: its mode is 0755, and 0700 is planned$/,
    ],
  ],
  'an authority’s key on a worker': [
    ({ path }) => copyFileSync(path('authorities/ca.key'), path(`${w}/etc/kubernetes/pki/ca.key`)),
    [
      /^node nodes\/w-1\/etc\/kubernetes\/pki\/ca\.key: kubepki did not write this file; w-1 is not to have it; it holds the private key of ca$/,
    ],
  ],
  'an authority’s key on a worker that the manifest names': [
    (tree) => give(tree, 'authorities/ca.key', `${w}/etc/kubernetes/pki/ca.key`),
    [
      /^node .*w-1.*ca\.key: w-1 is a worker, and would have the key of ca$/,
      /^node .*w-1.*ca\.key: the manifest names it, and the plan does not want it: w-1 is not to have it$/,
    ],
  ],
  'the key of service accounts on a worker, under another name and in base64': [
    ({ path, read }) => {
      mkdirSync(path(`${w}/root`));
      writeFileSync(path(`${w}/root/note.txt`), `x: ${Buffer.from(read('authorities/sa.key')).toString('base64')}`);
    },
    [/^node nodes\/w-1\/root\/note\.txt: .*it holds the private key of sa$/],
  ],
  'a stray file, a stray link and an empty folder': [
    ({ path }) => {
      writeFileSync(path('users/notes.txt'), 'x');
      symlinkSync('ca.crt', path('authorities/old.crt'));
      mkdirSync(path('backup'));
    },
    [
      /^extra users\/notes\.txt: kubepki did not write this file$/,
      /^extra authorities\/old\.crt: kubepki did not write this link$/,
      /^extra backup: kubepki did not write this folder$/,
    ],
  ],
  'a key in a file that is not to hold one': [
    ({ read, write }) =>
      write(`${cp}/pki/apiserver.crt`, read(`${cp}/pki/apiserver.crt`) + read(`${cp}/pki/apiserver.key`)),
    [/^secret .*apiserver\.crt: it holds a private key, and is none of the files/, /^changed .*apiserver\.crt/],
  ],
  'a second certificate in the file that the controller manager signs with': [
    ({ read, write }) => write(`${cp}/pki/ca.crt`, read(`${cp}/pki/ca.crt`) + read('authorities/front-proxy-ca.crt')),
    [
      /^changed /,
      /^signing .*pki\/ca\.crt: it holds 2 certificates, and is to hold that of ca alone: kube-controller-manager signs with it, and takes exactly one$/,
    ],
  ],
  'a bundle that trusts one more': [
    ({ read, write }) =>
      write(`${w}/etc/kubernetes/pki/ca.crt`, read(`${w}/etc/kubernetes/pki/ca.crt`) + read('authorities/etcd/ca.crt')),
    [/^changed /, /^trust .*w-1.*ca\.crt: it holds 2 certificates, and is to hold that of ca alone$/],
  ],
  'a bundle that trusts another': [
    ({ read, write }) => write(`${w}/etc/kubernetes/pki/ca.crt`, read('authorities/etcd/ca.crt')),
    [
      /^changed /,
      /^trust .*w-1.*ca\.crt: it holds the certificate of etcd\/ca, and is to hold that of ca$/,
      /^content .*w-1.*ca\.crt: the certificate or chain of ca is another here than in authorities\/ca\.crt$/,
    ],
  ],
  'a kubeconfig with another server': [
    ({ read, write }) =>
      write(
        `${w}/etc/kubernetes/kubelet.conf`,
        read(`${w}/etc/kubernetes/kubelet.conf`).replace('api.example.com', 'api.example.net'),
      ),
    [
      /^changed /,
      /^kubeconfig .*kubelet\.conf: its server is "https:\/\/api\.example\.net:6443", and "https:\/\/api\.example\.com:6443" is planned$/,
      /^kubeconfig .*kubelet\.conf: its server is at api\.example\.net, which the certificate of apiserver@cp-1 does not name$/,
    ],
  ],
  'a kubeconfig of another user': [
    ({ read, write }) => write('users/admin.conf', read('users/admin.conf').replaceAll('kubernetes-admin', 'jane')),
    [/^changed /, /^kubeconfig users\/admin\.conf: its users\.name is "jane", and "kubernetes-admin" is planned$/],
  ],
  'a kubeconfig that checks nobody': [
    ({ read, write }) =>
      write(
        'users/admin.conf',
        read('users/admin.conf').replace(/certificate-authority-data: .*/, 'insecure-skip-tls-verify: true'),
      ),
    [
      /^changed /,
      /^content /,
      /^kubeconfig users\/admin\.conf: it says clusters\.insecure-skip-tls-verify, which kubepki does not write$/,
    ],
  ],
  'a kubeconfig that trusts another': [
    ({ read, write }) => {
      const other = Buffer.from(read('authorities/etcd/ca.crt')).toString('base64');
      write('users/admin.conf', read('users/admin.conf').replace(/(certificate-authority-data: ).*/, `$1${other}`));
    },
    [/^kubeconfig users\/admin\.conf: it trusts others than the plan says: it is to trust ca$/],
  ],
  'a kubeconfig with the key of another': [
    ({ read, write }) => {
      const key = /client-key-data: .*/;
      write(
        'users/admin.conf',
        read('users/admin.conf').replace(key, key.exec(read('users/super-admin.conf'))?.[0] ?? ''),
      );
    },
    [/^kubeconfig users\/admin\.conf: the key in it does not belong to the certificate in it$/, /^key admin: /],
  ],
  'a file cut short': [
    ({ path }) => truncateSync(path(`${cp}/pki/apiserver.crt`), 100),
    [
      /^changed .*apiserver\.crt/,
      /^content .*apiserver\.crt: it holds no certificate where that of apiserver@cp-1 is to be$/,
    ],
  ],
  'a file that is missing': [
    ({ path }) => unlinkSync(path(`${cp}/pki/apiserver.crt`)),
    [/^missing .*apiserver\.crt: it is missing$/],
  ],
  'a folder in place of a file, and a link in place of another': [
    ({ path }) => {
      unlinkSync(path(`${cp}/pki/apiserver.crt`));
      mkdirSync(path(`${cp}/pki/apiserver.crt`));
      unlinkSync(path(`${cp}/pki/apiserver.key`));
      symlinkSync('etcd/server.key', path(`${cp}/pki/apiserver.key`));
    },
    [
      /^missing .*apiserver\.crt: it is a folder, and is to be a file$/,
      /^missing .*apiserver\.key: it is a link, and is to be a file$/,
    ],
  ],
  'a link that leads elsewhere, and one that is gone': [
    ({ path }) => {
      const link = path(`${w}/var/lib/kubelet/pki/kubelet-client-current.pem`);
      unlinkSync(link);
      symlinkSync('kubelet.crt', link);
      rmSync(path('nodes/cp-1/var/lib/kubelet/pki/kubelet-client-current.pem'));
    },
    [
      /^changed .*w-1.*kubelet-client-current\.pem: it leads elsewhere, and is to be a link to kubelet-client\.pem$/,
      /^missing .*cp-1.*kubelet-client-current\.pem: it is missing, and is to be a link to kubelet-client\.pem$/,
    ],
  ],
  'a public key that is another’s, and one in a form that Kubernetes does not read': [
    ({ read, write }) => {
      write('authorities/sa.pub', read('authorities/sa.pub').replaceAll('PUBLIC KEY', 'EC PUBLIC KEY'));
      const ca = '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----\n';
      write(`${cp}/pki/sa.pub`, ca);
    },
    [
      /^content authorities\/sa\.pub: the public key of sa is not one block PUBLIC KEY, the only kind that Kubernetes reads$/,
      /^content .*cp-1.*sa\.pub: the public key of sa is not sound$/,
    ],
  ],
  'a public key of another pair': [
    ({ write }) => {
      const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      write('authorities/sa.pub', publicKey.export({ type: 'spki', format: 'pem' }).toString());
    },
    [
      /^content authorities\/sa\.pub: it holds another public key than was written for sa$/,
      /^key sa: the public key in authorities\/sa\.pub does not belong to the private key in authorities\/sa\.key$/,
    ],
  ],
  'a manifest with another serial number': [
    ({ manifest }) => manifest((text) => text.replace(/("serial":")../, '$1ff')),
    [/^manifest authorities\/ca\.crt: the manifest names another serial number or end for the certificate of ca$/],
  ],
  'keys that a manifest gives to a node': [
    (tree) => {
      give(tree, `${cp}/pki/etcd/server.key`, `${w}/etc/kubernetes/server.key`);
      give(tree, 'authorities/front-proxy-ca.key', `${cp}/pki/front-proxy-ca.key`);
    },
    [
      /^node .*w-1.*server\.key: w-1 would have the key of etcd\/server@cp-1, which belongs to cp-1$/,
      /^node .*cp-1.*front-proxy-ca\.key: cp-1 would have the key of front-proxy-ca, and nothing there signs with it$/,
    ],
  ],
  'a manifest of something that no plan has': [
    ({ manifest }) => manifest((text) => text.replaceAll('"id":"front-proxy-client@cp-1"', '"id":"dex@cp-1"')),
    [/^manifest .*front-proxy-client\.crt: the manifest says that it holds dex@cp-1, which the plan does not have$/],
    5,
  ],
  'two leaves that were swapped, and a manifest that says so': [
    ({ read, write, manifest }) => {
      const [one, other] = [`${cp}/pki/apiserver.crt`, `${cp}/pki/etcd/server.crt`];
      const [a, b] = [read(one), read(other)];
      write(one, b);
      write(other, a);
      manifest((text) => {
        const print = (path: string) =>
          new RegExp(`^.*"${path}".*"fingerprint":"([0-9a-f]+)".*$`, 'm').exec(text)?.[1] ?? '';
        const [x, y] = [print(one), print(other)];
        return text.replaceAll(x, 'X').replaceAll(y, x).replaceAll('X', y);
      });
    },
    [
      /^key apiserver@cp-1: /,
      /^chain apiserver@cp-1: its certificate is not issued by ca, as planned$/,
      /^plan apiserver@cp-1: its certificate differs from the plan: .*SAN/,
      /^lint etcd\/server@cp-1: etcd-usages: it has no clientAuth$/,
    ],
    16,
  ],
  'a manifest that does not name a file, and one that names another mode': [
    ({ manifest }) =>
      manifest((text) => {
        const without = text.replace(/^.*"users\/admin\.conf".*\n/m, '');
        const [line = ''] = /^.*"authorities\/ca\.key".*$/m.exec(text) ?? [];
        return without.replace(line, line.replace('"mode":384', '"mode":416').replace(/"fields":"../, '"fields":"00'));
      }),
    [
      /^extra users\/admin\.conf: kubepki did not write this file; it holds a private key of nobody here$/,
      /^manifest users\/admin\.conf: the plan wants it, and the manifest does not name it$/,
      /^manifest authorities\/ca\.key: the manifest describes it otherwise than the plan/,
      /^secret authorities\/ca\.key: it holds a private key, and is planned with the mode 0640$/,
    ],
  ],
};

for (const [what, [plant, says, most = 3]] of Object.entries(faults)) {
  test(`Told is ${what}`, async (t) => {
    const tree = await testTree(t);
    plant(tree);
    const { problems } = await verified(tree.folder);
    const told = problems.map(({ check, where, message }) => `${check} ${where}: ${message}`);
    for (const expected of says)
      t.true(
        told.some((line) => expected.test(line)),
        `${expected} is not in\n${told.join('\n')}`,
      );
    t.true(
      problems.every(({ hint }) => hint !== undefined),
      'a problem does not say what to do',
    );
    t.false(JSON.stringify(problems).includes('PRIVATE KEY-'));
    t.true(told.length <= says.length + most, told.join('\n'));
  });
}
