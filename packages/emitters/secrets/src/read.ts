import type { ContentFile } from '@kubepki/core';

/**
 * What manifests of this emitter hold, as PEM, in the order of the holdings: the values of each Secret
 * stand in the order of their positions, and a `ca.crt` may hold several certificates.
 */
export function readSecrets(text: string, _file: ContentFile): readonly string[] {
  if (/^kind: "ConfigMap"$/m.test(text)) return certificatesIn(text.replaceAll(/^ {4}/gm, ''));
  return [...text.matchAll(/^ {2}([\w.-]+): ([A-Za-z0-9+/=]+)$/gm)].flatMap(([, key, value = '']) => {
    const pem = Buffer.from(value, 'base64').toString('utf8');
    return key === 'ca.crt' ? certificatesIn(pem) : [pem];
  });
}

function certificatesIn(text: string): readonly string[] {
  return text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----\n?/g) ?? [];
}
