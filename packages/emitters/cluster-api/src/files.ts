import { type ContentFile, type Holding, type Json, type Part, PkiError, type Plan } from '@kubepki/core';
import { kubeconfigOf } from './kubeconfig.ts';
import { purposes } from './purposes.ts';

type Options = { readonly namespace: string; readonly kubeconfig: string };

/** The Secrets of a part, a file each. */
export function* clusterSecrets(
  part: Part,
  { plan, options }: { readonly plan: Plan; readonly options: Options },
): Generator<ContentFile> {
  const { name: cluster } = plan.cluster;
  const { namespace } = options;
  checkName(cluster);
  const secret = (end: string, holds: readonly Holding[], what: Readonly<Record<string, Json>>): ContentFile => {
    const name = `${cluster}-${end}`;
    const content = { name, namespace, cluster, ...what };
    return { path: `manifests/cluster-api/${name}.yaml`, mode: 0o600, secret: true, holds, content };
  };
  for (const { end, node, data } of purposes(plan)) {
    const holds = Object.values(data).flat();
    if (node !== part.node || holds.length === 0) continue;
    let position = 0;
    const positions = Object.entries(data).flatMap(([key, own]) =>
      own.length === 0 ? [] : [[key, own.map(() => position++)] as const],
    );
    yield secret(end, holds, { data: Object.fromEntries(positions) });
  }
  const kubeconfig = kubeconfigOf(plan, options.kubeconfig);
  if (kubeconfig === undefined || kubeconfig.node !== part.node) return;
  const { user, server, holds } = kubeconfig;
  yield secret('kubeconfig', holds, { kubeconfig: { user, server } });
}

/** The name is that of a Cluster, the beginning of a Secret's name and the value of a label. */
function checkName(cluster: string): void {
  if (/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(cluster)) return;
  throw new PkiError('CLUSTER_API_NAME', `emitter cluster-api: ${JSON.stringify(cluster)} cannot be a Cluster's name`, {
    hint: 'lower-case letters, digits and -, at most 63: change `name` in the cluster file, or leave the emitter out',
  });
}
