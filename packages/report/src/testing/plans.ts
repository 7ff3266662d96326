import type { LeafSpec, Plan, Spec } from '@kubepki/core';
import { assemble, clusterFileSchema, readClusterValue } from '@kubepki/presets';

export const now = new Date('2026-05-17T10:20:30Z');

export const cp = (index: number) => ({
  name: `cp-${index}`,
  roles: ['control-plane'],
  addresses: [`10.0.0.${10 + index}`],
});
export const worker = (index: number) => ({
  name: `w-${String(index).padStart(3, '0')}`,
  roles: ['worker'],
  addresses: [`10.1.${index >> 7}.${(index & 127) + 1}`],
});
export const several = (count: number, node: (index: number) => object) =>
  Array.from({ length: count }, (_, index) => node(index + 1));

/** The plan of a cluster file. */
export function planOf(value: object): Plan {
  const whole = { name: 'demo', controlPlaneEndpoint: 'api.example.com', ...value };
  const { file, facts } = readClusterValue(whole, { fileName: 'cluster', schema: clusterFileSchema });
  return assemble(file, facts).plan;
}

export const one = planOf({ controlPlaneEndpoint: '10.0.0.11', nodes: [cp(1)] });
export const example = planOf({ nodes: [...several(3, cp), ...several(2, worker)] });
export const large = () => planOf({ nodes: [...several(5, cp), ...several(495, worker)] });

/** What no page and no picture may take for its own. */
export const hostile = `"><img src=x onerror="globalThis.hacked=1"><script>globalThis.hacked=1</script>'&]]>\u202e\u0000--`;

/** A plan in which every text that a person or a plugin chose is hostile, but still tells one thing from another. */
export function hostilePlan(plan: Plan): Plan {
  const bad = (text: string) => (text === 'system:masters' ? text : `${hostile}${text}`);
  const all = (texts: readonly string[]) => texts.map(bad);
  const leaf = (spec: LeafSpec): LeafSpec => ({
    ...spec,
    commonName: bad(spec.commonName),
    organizations: all(spec.organizations),
    sans: { dns: all(spec.sans.dns), ips: all(spec.sans.ips) },
    ...(spec.process === undefined ? {} : { process: bad(spec.process) }),
    connects: spec.connects.map((each) => ({ ...each, to: bad(each.to) })),
    clients: all(spec.clients),
    bindings: spec.bindings.map(({ to, ...each }) => ({
      binding: bad(each.binding),
      clusterRole: bad(each.clusterRole),
      to: { ...to, name: bad(to.name) },
    })),
  });
  const specs = plan.specs.map((spec): Spec => {
    const named = { ...spec, id: bad(spec.id), name: bad(spec.name) };
    return named.kind === 'leaf' ? leaf(named) : named;
  });
  const uses = Object.entries(plan.uses).map(([use, { signs, trusts }]) => [
    use,
    { signs: bad(signs), trusts: all(trusts) },
  ]);
  const { cluster } = plan;
  const endpoint = { ...cluster.endpoint, host: bad(cluster.endpoint.host) };
  return { ...plan, cluster: { ...cluster, name: bad(cluster.name), endpoint }, uses: Object.fromEntries(uses), specs };
}
