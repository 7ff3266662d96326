import { readFileSync } from 'node:fs';
import { firstIp, hostsWith, inUrl } from './addresses.ts';
import { fileOf } from './files.ts';
import { post } from './https.ts';
import type { Machine } from './machine.ts';
import type { See } from './types.ts';

/** Every member is healthy and answers through its gateway, to what the API server shows it. */
export async function checkEtcd(here: Machine, see: See): Promise<void> {
  const [client] = hostsWith(here.boot, 'kube-apiserver');
  const plan = here.boot.processes.find(({ process }) => process === 'kube-apiserver');
  if (client === undefined || plan === undefined) return;
  const { '--etcd-cafile': ca = '', '--etcd-certfile': cert = '', '--etcd-keyfile': key = '' } = plan.flags;
  for (const member of hostsWith(here.boot, 'etcd')) {
    const url = `https://${inUrl(firstIp(member))}:2379`;
    if (here.boot.parts.etcdctl) {
      const args = [
        '--endpoints',
        url,
        '--cacert',
        ca,
        '--cert',
        cert,
        '--key',
        key,
        'endpoint',
        'health',
        '-w',
        'json',
      ];
      const said = await here.run({ part: 'etcdctl', args, node: client.name });
      const [first] = JSON.parse(said) as { health: boolean }[];
      see('member', member.name, first?.health ? 'healthy' : 'not healthy');
    }
    const read = (file: string) => readFileSync(fileOf(here.boot, client, file));
    const identity = { ca: read(ca), cert: read(cert), key: read(key) };
    // The gateway is a client of its own member with the serving certificate, which needs both usages for that.
    const answer = await post(`${url}/v3/kv/range`, { key: Buffer.from('/').toString('base64') }, identity);
    see('gateway', member.name, `HTTP ${answer.status}`);
  }
}
