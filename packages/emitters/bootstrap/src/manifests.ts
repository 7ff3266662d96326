import { yamlString } from '@kubepki/core';
import type { Token } from './token.ts';

/** The Secret of a token, with the fields of kubernetes cmd/kubeadm/app/apis/bootstraptoken/v1/utils.go. */
export function secret(
  { id, secret: half }: Token,
  { groups, expires }: { readonly groups: readonly string[]; readonly expires: string | null },
): string {
  const data = {
    'auth-extra-groups': groups.join(','),
    ...(expires === null ? {} : { expiration: expires }),
    'token-id': id,
    'token-secret': half,
    'usage-bootstrap-authentication': 'true',
    'usage-bootstrap-signing': 'true',
  };
  return [
    expires === null
      ? '# It has no expiration, so it is good until somebody deletes it:'
      : `# It ends at ${expires}; the token cleaner of the controller manager deletes it then, or somebody sooner:`,
    `# kubectl -n kube-system delete secret bootstrap-token-${id}`,
    'apiVersion: "v1"',
    'kind: "Secret"',
    'metadata:',
    `  name: ${yamlString(`bootstrap-token-${id}`)}`,
    '  namespace: "kube-system"',
    'type: "bootstrap.kubernetes.io/token"',
    'data:',
    ...Object.entries(data).map(([name, value]) => `  ${name}: ${Buffer.from(value).toString('base64')}`),
    '',
  ].join('\n');
}

/**
 * The ConfigMap from which a machine learns whom to trust, and who may read it, as kubernetes
 * cmd/kubeadm/app/phases/bootstraptoken/clusterinfo has them. The bootstrap signer adds the signatures.
 */
export function clusterInfo({
  server,
  authorities,
  hashes,
}: {
  readonly server: string;
  readonly authorities: string;
  readonly hashes: readonly string[];
}): string {
  return [
    '# The bootstrap signer of the controller manager signs it for each token.',
    ...hashes.map((hash) => `# --discovery-token-ca-cert-hash ${hash}`),
    'apiVersion: "v1"',
    'kind: "ConfigMap"',
    'metadata:',
    '  name: "cluster-info"',
    '  namespace: "kube-public"',
    'data:',
    '  kubeconfig: |',
    '    apiVersion: v1',
    '    clusters:',
    '    - cluster:',
    `        certificate-authority-data: ${authorities}`,
    `        server: ${yamlString(server)}`,
    '      name: ""',
    '    contexts: null',
    '    current-context: ""',
    '    kind: Config',
    '    users: null',
    rights,
  ].join('\n');
}

const rights = `---
apiVersion: "rbac.authorization.k8s.io/v1"
kind: "Role"
metadata:
  name: "kubeadm:bootstrap-signer-clusterinfo"
  namespace: "kube-public"
rules:
- apiGroups: [""]
  resources: ["configmaps"]
  resourceNames: ["cluster-info"]
  verbs: ["get"]
---
apiVersion: "rbac.authorization.k8s.io/v1"
kind: "RoleBinding"
metadata:
  name: "kubeadm:bootstrap-signer-clusterinfo"
  namespace: "kube-public"
roleRef:
  apiGroup: "rbac.authorization.k8s.io"
  kind: "Role"
  name: "kubeadm:bootstrap-signer-clusterinfo"
subjects:
- apiGroup: "rbac.authorization.k8s.io"
  kind: "User"
  name: "system:anonymous"
`;
