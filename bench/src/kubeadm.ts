import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** kubeadm, from the folder that KUBEBUILDER_ASSETS names or from PATH; undefined where it is not there. */
export function findKubeadm(): string | undefined {
  const folders = [process.env.KUBEBUILDER_ASSETS, ...(process.env.PATH ?? '').split(delimiter)];
  return folders.flatMap((folder) => (folder ? [join(folder, 'kubeadm')] : [])).find((path) => existsSync(path));
}

/** The configuration with which kubeadm makes the PKI of one control plane in a folder. */
export function kubeadmConfig(folder: string, algorithm: 'ECDSA-P256' | 'RSA-2048'): string {
  return `apiVersion: kubeadm.k8s.io/v1beta4
kind: InitConfiguration
localAPIEndpoint: {advertiseAddress: 10.0.0.11}
nodeRegistration: {name: cp-1}
---
apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: v1.37.2
controlPlaneEndpoint: api.example.internal
certificatesDir: ${JSON.stringify(join(folder, 'pki'))}
encryptionAlgorithm: ${algorithm}
`;
}
