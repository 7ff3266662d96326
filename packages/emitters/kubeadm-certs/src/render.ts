import { type ContentFile, type Get, pemAt, type Random } from '@kubepki/core';
import type { CertificateKey } from './certificate-key.ts';
import { contentSchema } from './content.ts';

/** The Secret with each value encrypted by itself, and who may read it. */
export function renderCerts(
  file: ContentFile,
  { get, random, key }: { readonly get: Get; readonly random: Random; readonly key: CertificateKey },
): string {
  const { data } = contentSchema.parse(file.content);
  const pem = pemAt(file, get);
  const values = Object.entries(data).map(([name, positions]) => {
    const plain = positions.map(pem).join('');
    return `  ${name}: ${plain === '' ? '""' : key.encrypt(plain, random).toString('base64')}`;
  });
  return [
    '# Encrypted under the certificate key of kubeadm join. The Secret has no owner, so it does not expire:',
    '# kubectl -n kube-system delete secret kubeadm-certs, once all control planes have joined.',
    'apiVersion: "v1"',
    'kind: "Secret"',
    'metadata:',
    '  name: "kubeadm-certs"',
    '  namespace: "kube-system"',
    'type: "Opaque"',
    'data:',
    ...values,
    rights,
  ].join('\n');
}

/** As kubeadm makes them: whoever joins with a bootstrap token may read this one Secret. */
const rights = `---
apiVersion: "rbac.authorization.k8s.io/v1"
kind: "Role"
metadata:
  name: "kubeadm:kubeadm-certs"
  namespace: "kube-system"
rules:
- apiGroups: [""]
  resources: ["secrets"]
  resourceNames: ["kubeadm-certs"]
  verbs: ["get"]
---
apiVersion: "rbac.authorization.k8s.io/v1"
kind: "RoleBinding"
metadata:
  name: "kubeadm:kubeadm-certs"
  namespace: "kube-system"
roleRef:
  apiGroup: "rbac.authorization.k8s.io"
  kind: "Role"
  name: "kubeadm:kubeadm-certs"
subjects:
- apiGroup: "rbac.authorization.k8s.io"
  kind: "Group"
  name: "system:bootstrappers:kubeadm:default-node-token"
`;
