import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Desk } from './program.ts';

export type Wanted = {
  readonly subject?: string;
  readonly days?: number;
  /** Who signs it, by the name of its file; missing: itself. */
  readonly by?: string;
  /** Lines of extensions. */
  readonly extensions?: readonly string[];
  /** Whose key it has; missing: one of its own. */
  readonly key?: string;
};

export const authority = [
  'basicConstraints=critical,CA:TRUE,pathlen:0',
  'keyUsage=critical,keyCertSign,cRLSign',
  'subjectKeyIdentifier=hash',
];
export const server = [
  'basicConstraints=critical,CA:FALSE',
  'keyUsage=critical,digitalSignature',
  'extendedKeyUsage=serverAuth',
  'subjectKeyIdentifier=hash',
  'authorityKeyIdentifier=keyid',
  'subjectAltName=DNS:a.example',
];
export const client = server
  .filter((line) => !line.startsWith('subjectAltName'))
  .map((line) => line.replace('server', 'client'));

/** Lets OpenSSL make a certificate and its key: NAME.crt and NAME.key. */
export function openssl(own: Desk, name: string, wanted: Wanted = {}): void {
  const { subject = `/CN=${name.replaceAll('/', ' ')}`, days = 90, by, extensions = authority, key } = wanted;
  mkdirSync(dirname(own.path(name)), { recursive: true });
  writeFileSync(own.path('openssl.cnf'), `[req]\ndistinguished_name=dn\n[dn]\n[x]\n${extensions.join('\n')}\n`);
  const signer = by === undefined ? [] : ['-CA', `${by}.crt`, '-CAkey', `${by}.key`];
  const of = ['req', '-x509', '-nodes', '-config', 'openssl.cnf', '-extensions', 'x', '-utf8', '-subj', subject];
  const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-keyout', `${name}.key`];
  const its = key === undefined ? made : ['-key', `${key}.key`];
  const args = [...of, '-days', `${days}`, ...signer, ...its, '-out', `${name}.crt`];
  execFileSync('openssl', args, { cwd: own.cwd, stdio: 'pipe' });
}

/** A kubeconfig that holds what is given, in base64. */
export function kubeconfig(ca: string, certificate: string, key: string) {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'c', cluster: { server: 'https://a.example', 'certificate-authority-data': base64(ca) } }],
    users: [{ name: 'u', user: { 'client-certificate-data': base64(certificate), 'client-key-data': base64(key) } }],
  };
}
