import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiServer, firstControlPlane, hostsWith } from './addresses.ts';
import { whoAmI } from './https.ts';
import { kubectl } from './kubectl.ts';
import type { Machine } from './machine.ts';
import type { See } from './types.ts';

type Request = { readonly name: string; readonly subject: string; readonly signer: string };
type Sender = { readonly as?: string; readonly node?: string };

/**
 * The controller manager signs what a person asks for once somebody approves it, and approves by itself what a
 * kubelet asks for to renew its own certificate. Nothing is asked where it has no key to sign with.
 */
export async function checkRequests(here: Machine, see: See, ca: Buffer): Promise<void> {
  const managers = here.boot.processes.filter(({ process }) => process === 'kube-controller-manager');
  if (!managers.some(({ flags }) => flags['--cluster-signing-cert-file'])) return;
  const jane = { name: 'jane', subject: '/O=developers/CN=jane', signer: 'kubernetes.io/kube-apiserver-client' };
  await create(here, jane, {});
  await kubectl(here, ['certificate', 'approve', 'jane']);
  see('signed request', 'jane', await signed(here, jane, ca));
  for (const { name: node } of hostsWith(here.boot, 'kubelet')) {
    const subject = `/O=system:nodes/CN=system:node:${node}`;
    const renewal = { name: `renewal-${node}`, subject, signer: 'kubernetes.io/kube-apiserver-client-kubelet' };
    await create(here, renewal, { as: '/etc/kubernetes/kubelet.conf', node });
    see('renewal', node, await signed(here, renewal, ca));
  }
}

async function create(here: Machine, { name, subject, signer }: Request, sender: Sender) {
  const make = ['req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', subject];
  const csr = execFileSync('openssl', [...make, '-keyout', keyFile(here, name)], { stdio: 'pipe' });
  const spec = {
    request: csr.toString('base64'),
    signerName: signer,
    usages: ['digital signature', 'client auth'],
  };
  const manifest = {
    apiVersion: 'certificates.k8s.io/v1',
    kind: 'CertificateSigningRequest',
    metadata: { name },
    spec,
  };
  const input = JSON.stringify(manifest);
  await kubectl(here, ['create', '--validate=false', '-f', '-'], { ...sender, input });
}

/** Whom an API server takes the holder of the signed certificate for. */
async function signed(here: Machine, { name }: Request, ca: Buffer): Promise<string> {
  const { boot } = here;
  const host = firstControlPlane(boot);
  const ask = ['get', 'csr', name, '-o', 'jsonpath={.status.certificate}'];
  const certificate = await here.until(
    `a certificate for ${name}`,
    'kube-controller-manager',
    host.name,
    async () => (await kubectl(here, ask)) || undefined,
  );
  const identity = { ca, cert: Buffer.from(certificate, 'base64'), key: readFileSync(keyFile(here, name)) };
  return whoAmI(apiServer(boot, host), identity);
}

function keyFile(here: Machine, name: string): string {
  return join(here.boot.work, `${name}.key`);
}
