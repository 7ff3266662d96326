import { readFileSync } from 'node:fs';
import { apiServer, hostsWith } from './addresses.ts';
import { checkRequests } from './check-requests.ts';
import { fileOf } from './files.ts';
import { whoAmI } from './https.ts';
import { kubectl } from './kubectl.ts';
import type { Machine } from './machine.ts';
import type { See } from './types.ts';

/** What the cluster itself hands out is good at every API server, and so is what a front proxy says. */
export async function checkCredentials(here: Machine, see: See): Promise<void> {
  const servers = hostsWith(here.boot, 'kube-apiserver');
  const ca = await serverAuthority(here);
  for (const host of servers) {
    const flags = here.boot.processes.find(
      (each) => each.node === host.name && each.process === 'kube-apiserver',
    )?.flags;
    const read = (flag: string) => readFileSync(fileOf(here.boot, host, flags?.[flag] ?? ''));
    const proxy = { ca, cert: read('--proxy-client-cert-file'), key: read('--proxy-client-key-file') };
    const headers = { 'X-Remote-User': 'somebody', 'X-Remote-Group': ['some-group'] };
    for (const other of servers) {
      const who = await whoAmI(apiServer(here.boot, other), proxy, headers);
      see('front proxy', `${host.name} to ${other.name}`, who);
    }
  }
  if (!here.boot.parts['kube-controller-manager']) return;
  const headers = { authorization: `Bearer ${await makeToken(here)}` };
  for (const host of servers) {
    // An API server hears of a new service account a moment after the one that made it.
    const who = await here.until(`a token at ${host.name}`, 'kube-apiserver', host.name, () =>
      whoAmI(apiServer(here.boot, host), { ca }, headers),
    );
    see('token', host.name, who);
  }
  await checkRequests(here, see, ca);
}

async function serverAuthority(here: Machine): Promise<Buffer> {
  const path = 'jsonpath={.clusters[0].cluster.certificate-authority-data}';
  return Buffer.from(await kubectl(here, ['config', 'view', '--raw', '-o', path]), 'base64');
}

async function makeToken(here: Machine): Promise<string> {
  const [first] = hostsWith(here.boot, 'kube-controller-manager');
  return here.until('a service account', 'kube-controller-manager', first?.name ?? '', () =>
    kubectl(here, ['create', 'token', 'default']),
  );
}
