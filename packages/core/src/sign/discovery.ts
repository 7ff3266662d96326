import { createHash } from 'node:crypto';
import type { Certificate } from './certificate.ts';

/** What `kubeadm join --discovery-token-ca-cert-hash` takes: SHA-256 over the DER of the public key (pkg/util/pubkeypin). */
export function discoveryHash(certificate: Pick<Certificate, 'publicKey'>): string {
  return `sha256:${createHash('sha256').update(certificate.publicKey).digest('hex')}`;
}
