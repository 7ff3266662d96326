import { type ContentFile, type Get, yamlString } from '@kubepki/core';
import { contentSchema } from './content.ts';

/**
 * The text of a kubeconfig. Names are quoted as JSON strings, so that no reader of YAML takes `no` or
 * `1.30` for anything but text; base64 needs no quotes, and tools that cut it out by `awk` find it bare.
 */
export function renderKubeconfig(file: ContentFile, get: Get): string {
  const { cluster, user, server, paths } = contentSchema.parse(file.content);
  const trusted = paths === null ? file.holds.slice(0, -2) : file.holds;
  const [certificate, key] = file.holds.slice(-2);
  const credentials =
    paths === null && certificate && key
      ? { 'client-certificate-data': base64(get(certificate)), 'client-key-data': base64(get(key)) }
      : { 'client-certificate': yamlString(paths?.certificate ?? ''), 'client-key': yamlString(paths?.key ?? '') };
  const context = yamlString(`${user}@${cluster}`);
  return [
    'apiVersion: v1',
    'clusters:',
    '- cluster:',
    // An empty value would mean: trust whom the system trusts.
    ...(trusted.length > 0 ? [`    certificate-authority-data: ${base64(trusted.map(get).join(''))}`] : []),
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
    ...Object.entries(credentials).map(([name, value]) => `    ${name}: ${value}`),
    '',
  ].join('\n');
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
