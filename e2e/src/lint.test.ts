import { join } from 'node:path';
import test from 'ava';
import { runKubeadm } from './kubeadm/kubeadm.ts';
import { kubepki } from './kubepki.ts';
import { findParts, skipReason } from './parts.ts';
import { scratch } from './scratch.ts';

const { kubeadm = '', ...rest } = findParts();
const reason = skipReason({ kubeadm, ...rest }, ['kubeadm']);
if (reason) console.log(`Nothing of kubeadm's is judged: ${reason}`);
const judging = reason ? test.skip : test;

type Finding = { readonly rule: string; readonly waived: boolean; readonly reason?: string };

for (const encryptionAlgorithm of ['RSA-2048', 'RSA-4096', 'ECDSA-P256']) {
  judging(`lint finds nothing in kubeadm's ${encryptionAlgorithm} files but what the profile kubeadm waives`, (t) => {
    const folder = scratch(t);
    const localAPIEndpoint = { advertiseAddress: '10.0.0.11' };
    runKubeadm(kubeadm, join(folder, 'cp-1'), { node: 'cp-1', localAPIEndpoint, cluster: { encryptionAlgorithm } });
    const output = kubepki(['lint', '--json', '--profile', 'kubeadm', 'cp-1'], { cwd: folder });
    const { counts, certificates } = JSON.parse(output.toString());
    t.like(counts, { files: 15, certificates: 15, errors: 0, warnings: 0 });
    for (const { findings, issuer } of certificates) {
      t.not(issuer, null);
      for (const { rule, waived, reason: why } of findings as Finding[]) t.true(waived && why !== undefined, rule);
    }
  });
}
