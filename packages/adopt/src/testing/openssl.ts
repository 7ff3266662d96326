import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What openssl is to make: a certificate signed by an authority, as a person would by hand. */
export type ByHand = {
  readonly authority: { readonly certificate: string; readonly key: string };
  readonly subject: string;
  /** As `-newkey` has it, such as `rsa:1024`. */
  readonly newKey: string;
  readonly digest: string;
};

/** Lets openssl make a pair of a certificate and its key. */
export function byHand({ authority, subject, newKey, digest }: ByHand): {
  readonly certificate: string;
  readonly key: string;
} {
  const folder = mkdtempSync(join(tmpdir(), 'kubepki-adopt-'));
  const run = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  try {
    writeFileSync(join(folder, 'ca.crt'), authority.certificate);
    writeFileSync(join(folder, 'ca.key'), authority.key);
    run('req', '-new', '-newkey', newKey, '-nodes', '-keyout', 'x.key', '-subj', subject, '-out', 'x.csr');
    run(
      'x509',
      '-req',
      '-in',
      'x.csr',
      '-CA',
      'ca.crt',
      '-CAkey',
      'ca.key',
      '-CAcreateserial',
      digest,
      '-days',
      '90',
      '-out',
      'x.crt',
    );
    const read = (name: string) => readFileSync(join(folder, name), 'utf8');
    return { certificate: read('x.crt'), key: read('x.key') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lets openssl make an authority, as the recipes of Kubernetes' documentation do. */
export function authorityByHand(
  commonName: string,
  digest = '-sha256',
): { readonly certificate: string; readonly key: string } {
  const folder = mkdtempSync(join(tmpdir(), 'kubepki-adopt-'));
  try {
    const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'ca.key', '-subj', `/CN=${commonName}`];
    execFileSync('openssl', [...args, digest, '-days', '10000', '-out', 'ca.crt'], { cwd: folder, stdio: 'pipe' });
    const read = (name: string) => readFileSync(join(folder, name), 'utf8');
    return { certificate: read('ca.crt'), key: read('ca.key') };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
