import { X509Certificate } from 'node:crypto';
import type { Wanted } from '@kubepki/install';

/**
 * Where the keys of authorities and service accounts lie, by what lies beside them: an authority's certificate, or a
 * public key. All that was signed by such a key would be lost with it, so no flag replaces one that kubepki did not write.
 */
export function sourceKeys({ files }: Wanted): ReadonlySet<string> {
  return new Set(
    files.flatMap((file) => {
      const base = file.path.replace(/\.(crt|pem|pub)$/, '');
      const pairs = base !== file.path && (file.path.endsWith('.pub') || isAuthority(file.text()));
      return pairs ? [`${base}.key`, `${base}-key.pem`] : [];
    }),
  );
}

function isAuthority(text: string): boolean {
  if (!text.includes('-----BEGIN CERTIFICATE-----')) return false;
  try {
    return new X509Certificate(text).ca;
  } catch {
    return false;
  }
}
