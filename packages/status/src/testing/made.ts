import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export type Made = {
  readonly subject?: string;
  /** From when until when. */
  readonly begins?: string;
  readonly ends?: string;
  readonly authority?: boolean;
  /** Who signs it, by the name of its file; missing: itself. */
  readonly by?: string;
};

/** Lets OpenSSL make NAME.crt and NAME.key in a folder. `openssl ca` is its one command that takes both instants. */
export function make(folder: string, name: string, made: Made = {}): void {
  const {
    subject = `/CN=${name.replaceAll('/', ' ')}`,
    begins = '20260101000000Z',
    ends = '20270101000000Z',
    authority = false,
    by = name,
  } = made;
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  const extensions = authority
    ? 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\nsubjectKeyIdentifier=hash'
    : 'basicConstraints=critical,CA:FALSE\nextendedKeyUsage=serverAuth\nauthorityKeyIdentifier=keyid';
  const policy = '[p]\ncommonName=supplied\norganizationName=optional';
  const ca = `[ca]\ndatabase=db.txt\nrand_serial=yes\npolicy=p\nunique_subject=no\nemail_in_dn=no\n${policy}\n[x]\n${extensions}\n`;
  writeFileSync(join(folder, 'c.cnf'), `[req]\ndistinguished_name=dn\n[dn]\n${ca}`);
  writeFileSync(join(folder, 'db.txt'), '');
  const openssl = (...args: readonly string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`];
  openssl('req', '-config', 'c.cnf', '-utf8', '-subj', subject, ...key, '-out', 'request');
  const signer = by === name ? ['-selfsign'] : ['-cert', `${by}.crt`];
  const span = ['-startdate', begins, '-enddate', ends];
  const how = [
    '-config',
    'c.cnf',
    '-name',
    'ca',
    '-extensions',
    'x',
    '-md',
    'sha256',
    '-notext',
    '-batch',
    '-outdir',
    '.',
  ];
  openssl('ca', ...how, ...signer, '-keyfile', `${by}.key`, ...span, '-in', 'request', '-out', `${name}.crt`);
  execFileSync('sh', ['-c', 'rm -f c.cnf request db.txt* [0-9A-F]*.pem'], { cwd: folder });
}
