import { type ContentFile, discoveryHash, type Get, kubeconfigText, parseCertificates } from '@kubepki/core';
import { contentSchema } from './content.ts';
import { clusterInfo, secret } from './manifests.ts';
import type { Token } from './token.ts';

/** The text of a file: a kubeconfig, or a manifest. */
export function renderBootstrap(file: ContentFile, { get, token }: { readonly get: Get; token(): Token }): string {
  const content = contentSchema.parse(file.content);
  if (content.kind === 'secret') return secret(token(), content);
  const trusted = file.holds.map(get);
  const authorities = trusted.join('');
  if (content.kind === 'kubeconfig') {
    const { cluster, server } = content;
    const { id, secret: half } = token();
    return kubeconfigText({
      cluster,
      user,
      server,
      authorities,
      credentials: { token: `${id}.${half}` },
      preferences: true,
    });
  }
  const hashes = trusted.flatMap((pem) => parseCertificates(pem, file.path).slice(0, 1).map(discoveryHash));
  return clusterInfo({ server: content.server, authorities: Buffer.from(authorities).toString('base64'), hashes });
}

// kubernetes cmd/kubeadm/app/phases/kubelet and cmd/kubeadm/app/cmd/phases/join/kubelet.go
const user = 'tls-bootstrap-token-user';
