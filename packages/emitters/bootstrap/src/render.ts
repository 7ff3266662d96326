import { type ContentFile, discoveryHash, type Get, parseCertificates, yamlString } from '@kubepki/core';
import { contentSchema } from './content.ts';
import { clusterInfo, secret } from './manifests.ts';
import type { Token } from './token.ts';

/** The text of a file: a kubeconfig, or a manifest. */
export function renderBootstrap(file: ContentFile, { get, token }: { readonly get: Get; token(): Token }): string {
  const content = contentSchema.parse(file.content);
  if (content.kind === 'secret') return secret(token(), content);
  const trusted = file.holds.map(get);
  const authorities = Buffer.from(trusted.join('')).toString('base64');
  if (content.kind === 'kubeconfig') return kubeconfig(content, { authorities, token: token() });
  const hashes = trusted.flatMap((pem) => parseCertificates(pem, file.path).slice(0, 1).map(discoveryHash));
  return clusterInfo({ server: content.server, authorities, hashes });
}

// kubernetes cmd/kubeadm/app/phases/kubelet and cmd/kubeadm/app/cmd/phases/join/kubelet.go
const user = 'tls-bootstrap-token-user';

function kubeconfig(
  { cluster, server }: { readonly cluster: string; readonly server: string },
  { authorities, token }: { readonly authorities: string; readonly token: Token },
): string {
  const context = yamlString(`${user}@${cluster}`);
  return [
    'apiVersion: v1',
    'clusters:',
    '- cluster:',
    `    certificate-authority-data: ${authorities}`,
    `    server: ${yamlString(server)}`,
    `  name: ${yamlString(cluster)}`,
    'contexts:',
    '- context:',
    `    cluster: ${yamlString(cluster)}`,
    `    user: ${yamlString(user)}`,
    `  name: ${context}`,
    `current-context: ${context}`,
    'kind: Config',
    'preferences: {}',
    'users:',
    `- name: ${yamlString(user)}`,
    '  user:',
    `    token: ${yamlString(`${token.id}.${token.secret}`)}`,
    '',
  ].join('\n');
}
