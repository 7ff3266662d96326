import { type ContentFile, type Get, yamlString } from '@kubepki/core';
import { contentSchema, type Secret } from './content.ts';

/** Secrets as a stream of YAML documents; every string but base64 is quoted. */
export function renderSecrets(file: ContentFile, get: Get): string {
  const pem = (position: number): string => {
    const holding = file.holds[position];
    return holding === undefined ? '' : get(holding);
  };
  return contentSchema
    .parse(file.content)
    .map((secret) => render(secret, pem))
    .join('---\n');
}

function render({ name, namespace, type, data }: Secret, pem: (position: number) => string): string {
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
