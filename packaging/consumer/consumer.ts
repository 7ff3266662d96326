// A program of someone who has the packages from npm; it is only type-checked.
import { etcd } from '@kubepki/component-etcd';
import { type Cluster, defineComponent, generate, makePlan, memoryTree, type Plan, server } from '@kubepki/core';
import { kubeconfig } from '@kubepki/emitter-kubeconfig';
import { assemble, clusterFile, clusterFileSchema, nodesLayout, readClusterFile } from '@kubepki/presets';

const { file, facts } = readClusterFile('nodes: []', { schema: clusterFileSchema });
const assembled = assemble(file, facts);
const cluster: Cluster = assembled.plan.cluster;

const plan: Plan = makePlan({
  cluster,
  components: [etcd({ commonName: 'members' })],
  profile: 'strict',
  keys: { authorities: 'ecdsa-p384', leaves: 'ecdsa-p256', serviceAccounts: 'ecdsa-p256' },
  validity: { authorities: 864_000, leaves: 3_600 },
  backdate: 300,
});

// @ts-expect-error an option of another type
etcd({ commonName: 1 });
// @ts-expect-error an option that is not there
etcd({ commonname: 'members' });

const tree = memoryTree();
for await (const { spec } of generate({ plan, emitters: [kubeconfig()], layout: nodesLayout(), tree })) {
  const id: string = spec.id;
  void id;
}
void [clusterFile, defineComponent, server];
