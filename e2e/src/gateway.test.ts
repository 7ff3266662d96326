import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';
import type { Answers, EtcdAlone } from './harness/etcd-alone.ts';
import { kubepki, node } from './kubepki.ts';
import { findParts, namespaceReason, namespaces, skipReason } from './parts.ts';
import { scratch } from './scratch.ts';

const parts = findParts();
const reason = skipReason(parts, ['etcd']) ?? namespaceReason();
if (reason) console.log(`No etcd is asked through its gateway: ${reason}`);
const program = fileURLToPath(new URL('harness/etcd-alone.ts', import.meta.url));

(reason ? test.skip : test)(
  'etcd is healthy behind a certificate that is for servers alone, and its gateway answers 503',
  (t) => {
    const folder = scratch(t);
    const cluster = { layout: { tree: 'flat' }, nodes: [{ name: 'cp-1', addresses: ['10.0.0.11'] }] };
    writeFileSync(join(folder, 'cluster.yaml'), JSON.stringify(cluster));
    kubepki(['generate', '-f', 'cluster.yaml', '-o', 'pki'], { cwd: folder });
    const pki = join(folder, 'pki/current');
    const client = {
      clientCert: join(pki, 'etcd-healthcheck-client.crt'),
      clientKey: join(pki, 'etcd-healthcheck-client.key'),
    };
    const ask = (name: string, pair: { readonly cert: string; readonly key: string }) => {
      mkdirSync(join(folder, name));
      const input: EtcdAlone = {
        etcd: parts.etcd ?? '',
        data: join(folder, name),
        files: { ca: join(pki, 'etcd-ca.crt'), ...pair, ...client },
      };
      const [command, ...args] = ['unshare', ...namespaces, ...node, program];
      const printed = execFileSync(command, args, { input: `${JSON.stringify(input)}\n`, timeout: 60_000 });
      return JSON.parse(printed.toString()) as Answers;
    };
    t.deepEqual(ask('both', { cert: join(pki, 'etcdserver.crt'), key: join(pki, 'etcdserver.key') }), {
      health: 200,
      gateway: 200,
    });
    t.deepEqual(ask('server', serverOnly(folder, pki)), { health: 200, gateway: 503 });
  },
);

/** Such a certificate as kubepki does not make, signed by the same authority. */
function serverOnly(folder: string, pki: string) {
  const [key, request, cert, extensions] = ['key', 'csr', 'crt', 'ext'].map((end) =>
    join(folder, `server-only.${end}`),
  );
  const openssl = (...args: (string | undefined)[]) =>
    execFileSync('openssl', args as string[], { stdio: ['ignore', 'pipe', 'ignore'] });
  const fresh = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=kube-etcd'];
  openssl('req', '-new', ...fresh, '-keyout', key, '-out', request);
  writeFileSync(extensions ?? '', 'extendedKeyUsage=serverAuth\nsubjectAltName=IP:127.0.0.1,DNS:localhost\n');
  const authority = ['-CA', join(pki, 'etcd-ca.crt'), '-CAkey', join(pki, 'etcd-ca.key'), '-set_serial', '4711'];
  openssl('x509', '-req', '-in', request, ...authority, '-days', '1', '-extfile', extensions, '-out', cert);
  return { cert: cert ?? '', key: key ?? '' };
}
