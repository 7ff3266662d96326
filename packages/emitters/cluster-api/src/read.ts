import type { ContentFile } from '@kubepki/core';

/**
 * What a Secret holds, as PEM, in the order of the holdings. Bundles are cut in pieces; the certificate of a client
 * keeps what stands above it.
 */
export function readClusterSecret(text: string, file: ContentFile): readonly string[] {
  const kubeconfig = dataOf(text, '  value');
  if (kubeconfig !== '') {
    const own = ['client-certificate-data', 'client-key-data'].map((field) => dataOf(kubeconfig, `    ${field}`));
    return [...(dataOf(kubeconfig, '    certificate-authority-data').match(block) ?? []), ...own];
  }
  const certificate = dataOf(text, '  tls.crt');
  const key = dataOf(text, '  tls.key');
  const pieces = file.holds.filter(({ part }) => part !== 'key').length;
  const first = pieces === 1 ? [certificate] : (certificate.match(block) ?? []);
  return key === '' ? first : [...first, key];
}

const block = /-----BEGIN ([A-Z ]+)-----[^-]*-----END \1-----\n?/g;

/** What a line holds in base64, by what it begins with. */
function dataOf(text: string, field: string): string {
  const line = text.split('\n').find((one) => one.startsWith(`${field}: `)) ?? '';
  return Buffer.from(line.slice(field.length + 2), 'base64').toString('utf8');
}
