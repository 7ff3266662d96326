import { apiServer, hostsWith, inUrl, portOf } from './addresses.ts';
import { checkCredentials } from './check-credentials.ts';
import { checkEtcd } from './check-etcd.ts';
import { nameOf } from './expected.ts';
import { kubectl } from './kubectl.ts';
import type { Machine } from './machine.ts';
import type { See } from './types.ts';

const loopbacks = ['localhost', '127.0.0.1', '::1'];

/** Everything that is asked of a running cluster. What does not come within a minute ends the boot. */
export async function checks(here: Machine, see: See): Promise<void> {
  const { parts } = here.boot;
  await checkApiServers(here, see);
  await checkIdentities(here, see);
  await checkEtcd(here, see);
  if (parts.kubelet) await checkKubelets(here, see);
  if (parts['kube-controller-manager']) await checkLeader(here, see, 'kube-controller-manager');
  if (parts['kube-scheduler']) await checkLeader(here, see, 'kube-scheduler');
  await checkCredentials(here, see);
}

/** Every API server is who it says at each of its names and addresses. */
async function checkApiServers(here: Machine, see: See) {
  const { boot } = here;
  await forEach(hostsWith(boot, 'kube-apiserver'), async (host) => {
    const ask = async (name: string, server: string, ...more: string[]) => {
      const args = ['--server', server, ...more, 'get', '--raw', '/readyz'];
      const node = loopbacks.includes(name) ? host.name : undefined;
      see('API server', `${host.name} ${name}`, await kubectl(here, args, { as: boot.admin, node }));
    };
    for (const name of boot.names[host.name] ?? []) await ask(name, `https://${inUrl(name)}:${portOf(boot, host)}`);
    for (const name of boot.serviceNames) await ask(name, apiServer(boot, host), '--tls-server-name', name);
  });
}

async function checkIdentities(here: Machine, see: See) {
  const who = ['auth', 'whoami', '-o', 'jsonpath={.status.userInfo.username} {.status.userInfo.groups}'];
  await forEach(here.boot.kubeconfigs, async (each) => {
    see('identity', nameOf(each), await kubectl(here, who, { as: each.file, node: each.node }));
  });
}

/** Every node registers, and every API server reaches its kubelet. */
async function checkKubelets(here: Machine, see: See) {
  await forEach(hostsWith(here.boot, 'kubelet'), async ({ name }) => {
    const node = await here.until(`the node ${name}`, 'kubelet', name, () =>
      kubectl(here, ['get', 'node', name, '-o', 'name']),
    );
    see('node', name, node);
    for (const host of hostsWith(here.boot, 'kube-apiserver')) {
      const ask = ['--server', apiServer(here.boot, host), 'get', '--raw', `/api/v1/nodes/${name}/proxy/healthz`];
      const said = await here.until(`${host.name} reaches the kubelet of ${name}`, 'kubelet', name, () =>
        kubectl(here, ask),
      );
      see('kubelet', `${name} from ${host.name}`, said);
    }
  });
}

async function checkLeader(here: Machine, see: See, part: 'kube-controller-manager' | 'kube-scheduler') {
  const [first] = hostsWith(here.boot, part);
  if (first === undefined) return;
  const ask = ['-n', 'kube-system', 'get', 'lease', part, '-o', 'name'];
  see('leader', part, await here.until(`a leader of ${part}`, part, first.name, () => kubectl(here, ask)));
}

/** Three at a time: a small machine starts no more programs at once. */
async function forEach<T>(items: readonly T[], action: (item: T) => Promise<void>) {
  const left = items.values();
  const worker = async () => {
    for (const item of left) await action(item);
  };
  await Promise.all([worker(), worker(), worker()]);
}
