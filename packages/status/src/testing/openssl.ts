import { execFileSync } from 'node:child_process';

/** What OpenSSL reads in a certificate's file. */
export function opensslSays(file: string) {
  const args = ['x509', '-in', file, '-noout', '-startdate', '-enddate', '-serial', '-fingerprint', '-sha256'];
  const lines = execFileSync('openssl', args, { encoding: 'utf8' }).trim().split('\n');
  const said = new Map(lines.map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]));
  const at = (name: string) => new Date(said.get(name) ?? '');
  return {
    begins: at('notBefore'),
    notAfter: at('notAfter'),
    serial: said
      .get('serial')
      ?.toLowerCase()
      .replace(/^0+(?=.)/, ''),
    fingerprint: [...said]
      .find(([name]) => /fingerprint/i.test(name))?.[1]
      .replaceAll(':', '')
      .toLowerCase(),
  };
}
