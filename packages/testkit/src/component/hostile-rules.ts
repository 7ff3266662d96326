import { type Cluster, checkFiles } from '@kubepki/core';
import { testCluster } from '../clusters.ts';
import { refusal } from '../suite/explain.ts';
import { hostileNames } from '../suite/hostile.ts';
import type { Rules } from '../suite/rules.ts';
import { cases, type Planning, planOf } from './planning.ts';

/** What must hold where a cluster is not as it should be, which a plan refuses and a component must survive. */
export function hostileRules(planning: Planning): Rules {
  const { emitters, layout } = planning;
  return {
    'leaves the refusal of hostile names to the plan, and does not crash': () => {
      for (const one of cases(planning, hostileClusters())) {
        refusal(one.where, () => checkFiles({ plan: planOf(one, planning), emitters, layout }));
      }
    },
  };
}

function hostileClusters(): Readonly<Record<string, Cluster>> {
  const cluster = testCluster();
  const [first, ...others] = cluster.nodes;
  const withNode = (change: object): Cluster => ({
    ...cluster,
    nodes: first ? [{ ...first, ...change }, ...others] : [],
  });
  return Object.fromEntries([
    ['two nodes of one name', { ...cluster, nodes: [...cluster.nodes, ...cluster.nodes] }],
    ...hostileNames.flatMap((name) => {
      const shown = JSON.stringify(name.slice(0, 40));
      return [
        [`a node called ${shown}`, withNode({ name })],
        [`a node that is also called ${shown}`, withNode({ names: [name] })],
        [`a node with the address ${shown}`, withNode({ ips: [name] })],
        [`the endpoint ${shown}`, { ...cluster, endpoint: { host: name } }],
        [`the domain ${shown}`, { ...cluster, dnsDomain: name }],
        [`a cluster called ${shown}`, { ...cluster, name }],
      ] as const;
    }),
  ]);
}
