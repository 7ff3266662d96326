import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import test from 'ava';
import { runKubeadm } from './kubeadm/kubeadm.ts';
import { kubepki } from './kubepki.ts';
import { findParts, skipReason } from './parts.ts';
import { scratch } from './scratch.ts';

const { kubeadm = '', ...rest } = findParts();
const reason = skipReason({ kubeadm, ...rest }, ['kubeadm']);
if (reason) console.log(`Nothing of kubeadm's is dated: ${reason}`);
const dating = reason ? test.skip : test;

/** A line of `kubeadm certs check-expiration -o json`. */
type Checked = { readonly name: string; readonly expirationDate: string; readonly missing?: boolean };
type Expiration = {
  readonly certificates: readonly Checked[];
  readonly certificateAuthorities: readonly Checked[];
};
type Watched = { readonly id: string; readonly ends: string; readonly kind: string };

/** kubeadm's name of what lies in a file. */
function kubeadmName(id: string): string {
  const [file = ''] = id.split(' ');
  return file
    .replace(/^etc\/kubernetes\//, '')
    .replace(/^pki\//, '')
    .replace(/\.crt$/, '')
    .replace('/', '-');
}

dating(
  "status sees in kubeadm's files the ends that kubeadm itself sees, and the kubelet's, which kubeadm leaves out",
  (t) => {
    const root = join(scratch(t), 'cp-1');
    const cluster = { certificateValidityPeriod: '100h0m0s', encryptionAlgorithm: 'ECDSA-P256' };
    runKubeadm(kubeadm, root, { node: 'cp-1', localAPIEndpoint: { advertiseAddress: '10.0.0.11' }, cluster });
    const { certificates } = JSON.parse(kubepki(['status', '--json', 'etc/kubernetes'], { cwd: root }).toString());
    const seen = new Map((certificates as Watched[]).map(({ id, ends }) => [kubeadmName(id), Date.parse(ends)]));
    t.is(seen.size, 15);
    t.true(seen.delete('kubelet.conf'));
    // Only root may change the root, which is the only way to tell kubeadm where its kubeconfigs are.
    const isRoot = process.getuid?.() === 0;
    const where = isRoot ? ['--rootfs', root] : ['--cert-dir', join(root, 'etc/kubernetes/pki')];
    const output = execFileSync(kubeadm, ['certs', 'check-expiration', '-o', 'json', ...where], { stdio: 'pipe' });
    const checked = JSON.parse(output.toString()) as Expiration;
    const all = [...checked.certificates, ...checked.certificateAuthorities].filter(({ missing }) => !missing);
    t.is(all.length, isRoot ? 14 : 10);
    for (const { name, expirationDate } of all) t.is(seen.get(name), Date.parse(expirationDate), name);
  },
);
