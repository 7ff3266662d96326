import { type ContentFile, type Get, pemAt, yamlString } from '@kubepki/core';
import { type Bundle, contentSchema, type Secret } from './content.ts';

type Pem = (position: number) => string;

/** Secrets, or ConfigMaps with trust bundles, as a stream of YAML documents; every string but base64 and PEM is quoted. */
export function renderSecrets(file: ContentFile, get: Get): string {
  const pem: Pem = pemAt(file, get);
  const content = contentSchema.parse(file.content);
  const documents =
    'bundles' in content
      ? content.bundles.map((bundle) => renderBundle(bundle, pem))
      : content.map((secret) => render(secret, pem));
  return documents.join('---\n');
}

function render({ name, namespace, type, data }: Secret, pem: Pem): string {
  return [
    'apiVersion: "v1"',
    'kind: "Secret"',
    'metadata:',
    `  name: ${yamlString(name)}`,
    `  namespace: ${yamlString(namespace)}`,
    `type: ${yamlString(type)}`,
    'data:',
    ...Object.entries(data).map(
      ([key, positions]) => `  ${key}: ${Buffer.from(positions.map(pem).join('')).toString('base64')}`,
    ),
    '',
  ].join('\n');
}

function renderBundle({ name, namespace, certificates }: Bundle, pem: Pem): string {
  return [
    'apiVersion: "v1"',
    'kind: "ConfigMap"',
    'metadata:',
    `  name: ${yamlString(name)}`,
    `  namespace: ${yamlString(namespace)}`,
    'data:',
    '  ca.crt: |',
    ...certificates.flatMap((position) => pem(position).trimEnd().split('\n')).map((line) => `    ${line}`),
    '',
  ].join('\n');
}
