import { type ContentFile, type Get, kubeconfigText } from '@kubepki/core';
import { contentSchema } from './content.ts';

/** The text of a kubeconfig, which holds its credentials or names the files that do. */
export function renderKubeconfig(file: ContentFile, get: Get): string {
  const { cluster, user, server, paths } = contentSchema.parse(file.content);
  const trusted = paths === null ? file.holds.slice(0, -2) : file.holds;
  const [certificate, key] = file.holds.slice(-2);
  const credentials: Readonly<Record<string, string>> =
    paths === null && certificate && key
      ? { 'client-certificate-data': get(certificate), 'client-key-data': get(key) }
      : { 'client-certificate': paths?.certificate ?? '', 'client-key': paths?.key ?? '' };
  const authorities = trusted.map(get).join('');
  return kubeconfigText({ cluster, user, server, authorities, credentials, preferences: true });
}
