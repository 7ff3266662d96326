import { authority, client, peer, server } from '../plan/component.ts';
import type { PlanInput } from '../plan/input.ts';
import type { Plan } from '../plan/plan.ts';
import { component, smallPlan } from './small.ts';

const day = 86_400;
const sans = { dns: ['a', 'a.example'], ips: ['10.0.0.11', 'fd00::11'] };

/** A plan with each kind of certificate: authorities below one another, servers, clients, both, a node and a master. */
export function wholePlan(change: Partial<PlanInput> = {}): Plan {
  const api = { issuer: 'cluster/server', accepts: ['cluster/client'] };
  const etcd = { issuer: 'etcd/server', accepts: ['etcd/server'] };
  const person = { issuer: 'cluster/client', connects: [{ to: 'apiserver', at: 'each' }] } as const;
  const specs = [
    authority({ name: 'ca', commonName: 'kubernetes', serves: ['cluster/client', 'cluster/server'] }),
    authority({ name: 'root', commonName: 'root', serves: ['above'] }),
    authority({
      name: 'etcd/ca',
      commonName: 'etcd-ca',
      issuer: 'above',
      serves: ['etcd/server'],
      validity: 900 * day,
    }),
    server({ name: 'apiserver', node: 'a', commonName: 'kube-apiserver', sans, ...api }),
    peer({ name: 'etcd/server', node: 'a', commonName: 'a', sans, ...etcd }),
    client({ name: 'kubelet', node: 'a', commonName: 'system:node:a', organizations: ['system:nodes'], ...person }),
    client({ name: 'jane', commonName: 'jane', organizations: ['developers', 'b@c'], ...person }),
    client({ name: 'master', commonName: 'root', organizations: ['system:masters'], validity: 30 * day, ...person }),
  ];
  return smallPlan({ components: [component('whole', specs)], ...change });
}
