import { type ContentFile, type Get, kubeconfigText, pemAt, yamlString } from '@kubepki/core';
import { contentSchema } from './content.ts';

/** A Secret as Cluster API looks for it: by its name, its type and its label. */
export function renderClusterSecret(file: ContentFile, get: Get): string {
  const { name, namespace, cluster, data = {}, kubeconfig } = contentSchema.parse(file.content);
  const pem = pemAt(file, get);
  const values: readonly (readonly [string, string])[] =
    kubeconfig === undefined
      ? Object.entries(data).map(([key, positions]) => [key, positions.map(pem).join('')])
      : [['value', ownKubeconfig({ cluster, ...kubeconfig }, file.holds.map(get))]];
  return [
    'apiVersion: "v1"',
    'kind: "Secret"',
    'metadata:',
    `  name: ${yamlString(name)}`,
    `  namespace: ${yamlString(namespace)}`,
    '  labels:',
    `    cluster.x-k8s.io/cluster-name: ${yamlString(cluster)}`,
    'type: "cluster.x-k8s.io/secret"',
    'data:',
    ...values.map(([key, text]) => `  ${key}: ${Buffer.from(text).toString('base64')}`),
    '',
  ].join('\n');
}

/** The authorities of the server come first in what is held, then the certificate and the key. */
function ownKubeconfig(
  whose: { readonly cluster: string; readonly user: string; readonly server: string },
  pems: readonly string[],
): string {
  const [certificate = '', key = ''] = pems.slice(-2);
  const credentials = { 'client-certificate-data': certificate, 'client-key-data': key };
  return kubeconfigText({ ...whose, authorities: pems.slice(0, -2).join(''), credentials });
}
