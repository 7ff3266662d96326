import { hostsWith } from './addresses.ts';
import { kubectl } from './kubectl.ts';
import { BootFailure, type Machine } from './machine.ts';
import type { See } from './types.ts';

/** What people and nodes may do and may not, though they are known: the API server's own limits. */
export async function checkLimits(here: Machine, see: See): Promise<void> {
  const [one, other] = hostsWith(here.boot, 'kubelet');
  if (one === undefined) return;
  const as = { as: '/etc/kubernetes/kubelet.conf', node: one.name };
  const label = (node: string) => attempt(() => kubectl(here, ['label', '--overwrite', 'node', node, 'seen=yes'], as));
  see('limit', 'a node and its own object', await label(one.name));
  if (other !== undefined) see('limit', "a node and another node's object", await label(other.name));
  const admin = () => attempt(() => kubectl(here, ['get', 'secrets', '-A', '-o', 'name']));
  see('limit', 'the admin and all secrets', await admin());
  const unbind = ['delete', 'clusterrolebinding', 'kubeadm:cluster-admins'];
  await kubectl(here, unbind, { as: here.boot.superAdmin });
  const unbound = await here.until('what the admin may no more', 'kube-apiserver', one.name, async () =>
    (await admin()) === 'forbidden' ? 'forbidden' : undefined,
  );
  see('limit', 'the admin without the binding of its group', unbound);
}

/** Whether somebody may. */
async function attempt(ask: () => Promise<string>): Promise<string> {
  try {
    await ask();
    return 'allowed';
  } catch (error) {
    if (error instanceof BootFailure && /forbidden/i.test(error.message)) return 'forbidden';
    throw error;
  }
}
