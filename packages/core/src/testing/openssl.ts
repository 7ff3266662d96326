import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Certificate } from '../sign/certificate.ts';
import { parseCertificate } from '../sign/index.ts';

/** What a certificate of OpenSSL is to be. */
export type Wanted = {
  readonly subject?: string;
  /** Lines of a section of extensions, and of other sections behind it. */
  readonly extensions: string;
  readonly key?: readonly string[];
  readonly days?: number;
  /** Who signs it; missing: itself. */
  readonly by?: string;
  readonly more?: readonly string[];
};

export const keys = {
  p256: ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  p384: ['ec', '-pkeyopt', 'ec_paramgen_curve:P-384'],
  p521: ['ec', '-pkeyopt', 'ec_paramgen_curve:P-521'],
  secp256k1: ['ec', '-pkeyopt', 'ec_paramgen_curve:secp256k1'],
  ed25519: ['ed25519'],
  rsa1024: ['rsa:1024'],
  rsa2048: ['rsa:2048'],
} as const;

/** A folder in which OpenSSL makes certificates, each by a name. */
export function openssl() {
  const folder = mkdtempSync(join(tmpdir(), 'kubepki-openssl-'));
  const path = (name: string) => join(folder, name);
  return {
    make(
      name: string,
      { subject = '/CN=a', extensions, key = keys.p256, days = 365, by, more = [] }: Wanted,
    ): Certificate {
      writeFileSync(path('config'), `[req]\ndistinguished_name=dn\n[dn]\n[x]\n${extensions}\n`);
      const signer = by === undefined ? [] : ['-CA', path(`${by}.crt`), '-CAkey', path(`${by}.key`)];
      const of = ['req', '-x509', '-nodes', '-config', path('config'), '-extensions', 'x', '-subj', subject, '-utf8'];
      const out = ['-newkey', ...key, '-keyout', path(`${name}.key`), '-out', path(`${name}.crt`)];
      execFileSync('openssl', [...of, '-days', `${days}`, ...signer, ...out, ...more], { stdio: 'pipe' });
      return parseCertificate(readFileSync(path(`${name}.crt`), 'utf8'), name);
    },
    end: () => rmSync(folder, { recursive: true, force: true }),
  };
}
