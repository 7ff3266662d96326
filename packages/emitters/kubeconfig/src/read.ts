import type { ContentFile } from '@kubepki/core';

/** What a kubeconfig of this emitter holds, as PEM: the certificates that it trusts, then its own and its key. */
export function readKubeconfig(text: string, file: ContentFile): readonly string[] {
  const trusted =
    data(text, 'certificate-authority-data').match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----\n?/g) ??
    [];
  const embedded = file.holds.some(({ part }) => part === 'key');
  return embedded ? [...trusted, data(text, 'client-certificate-data'), data(text, 'client-key-data')] : trusted;
}

function data(text: string, field: string): string {
  const found = new RegExp(`^ +${field}: ([A-Za-z0-9+/=]+)$`, 'm').exec(text)?.[1];
  return found === undefined ? '' : Buffer.from(found, 'base64').toString('utf8');
}
