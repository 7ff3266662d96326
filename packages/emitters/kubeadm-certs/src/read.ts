import type { CertificateKey } from './certificate-key.ts';

/**
 * What the manifest holds, as PEM, in the order of the holdings; nothing where another key encrypts it. Bundles of
 * authorities and of public keys are cut in pieces, and a client's certificate keeps what stands above it.
 */
export function readCerts(text: string, key: CertificateKey): readonly string[] {
  const parts: string[] = [];
  for (const [, name = '', value = ''] of text.matchAll(/^ {2}([\w.-]+\.(?:crt|key|pub)): ([A-Za-z0-9+/=]+)$/gm)) {
    let pem: string;
    try {
      pem = key.decrypt(Buffer.from(value, 'base64'));
    } catch {
      return [];
    }
    const whole = name.endsWith('.key') || name === 'external-etcd.crt';
    parts.push(...(whole ? [pem] : (pem.match(block) ?? [])));
  }
  return parts;
}

const block = /-----BEGIN ([A-Z ]+)-----[^-]*-----END \1-----\n?/g;
