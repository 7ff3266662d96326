import { type ContentFile, type Get, yamlString } from '@kubepki/core';
import { contentSchema } from './content.ts';
import { kubeconfigText } from './kubeconfig.ts';

/** A Secret as Cluster API looks for it: by its name, its type and its label. */
export function renderClusterSecret(file: ContentFile, get: Get): string {
  const { name, namespace, cluster, data = {}, kubeconfig } = contentSchema.parse(file.content);
  const pem = (position: number): string => {
    const holding = file.holds[position];
    return holding === undefined ? '' : get(holding);
  };
  const values: readonly (readonly [string, string])[] =
    kubeconfig === undefined
      ? Object.entries(data).map(([key, positions]) => [key, positions.map(pem).join('')])
      : [['value', kubeconfigText({ cluster, ...kubeconfig }, file.holds.map(get))]];
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
