import { type Artifact, type Layout, lookup, type Plan } from '@kubepki/core';
import { type FileNames, isPairPart, pairFile } from './names.ts';
import { sharedBase } from './shared.ts';

// The plain names that recipes for a cluster of one machine use.
const plainNames: Readonly<Record<string, string>> = {
  'etcd/server': 'etcdserver',
  'etcd/peer': 'etcdpeer',
  'kubelet/server': 'kubelet',
  'kube-proxy': 'kubeproxy',
};

/** Everything in one folder, under plain names; `-NODE` behind a name where there are several of it. */
export function flatLayout({
  names = 'crt',
  plain = plainNames,
}: {
  readonly names?: FileNames;
  /** What is called otherwise than its name. */
  readonly plain?: Readonly<Record<string, string>>;
} = {}): Layout {
  const base = ({ name }: Artifact['spec']): string => plain[name] ?? name.replaceAll('/', '-');
  const path: Layout['path'] = ({ spec, part }, plan) => {
    if (part === 'kubeconfig')
      return `${spec.name === 'kubelet/client' ? 'kubelet' : base(spec)}${suffix(spec, plan)}.conf`;
    return isPairPart(part) ? pairFile(`${base(spec)}${suffix(spec, plan)}`, { part, names }) : undefined;
  };
  return {
    path,
    shared(artifact, plan) {
      const part = artifact.part === 'trust' ? 'certificate' : artifact.part;
      const { signs, trusts } = plan.uses[artifact.use] ?? { signs: '', trusts: [] };
      const source = lookup(plan).sources.get(
        artifact.part === 'trust' || artifact.part === 'public' ? (trusts[0] ?? '') : signs,
      );
      const bundle = trusts.length > 1 && artifact.part !== 'certificate' && artifact.part !== 'key';
      if (source !== undefined && !bundle) return path({ spec: source, part }, plan);
      return pairFile(`${sharedBase(artifact, plan).replaceAll('/', '-')}-bundle`, { part, names });
    },
    installed: () => undefined,
    folderMode: () => 0o700,
  };
}

function suffix(spec: Artifact['spec'], plan: Plan): string {
  return spec.kind === 'leaf' && spec.node !== undefined && several(plan).has(spec.name) ? `-${spec.node}` : '';
}

const severals = new WeakMap<Plan, ReadonlySet<string>>();

/** The names that a plan has more than once. */
function several(plan: Plan): ReadonlySet<string> {
  const known = severals.get(plan);
  if (known !== undefined) return known;
  const once = new Set<string>();
  const more = new Set<string>();
  for (const { name } of plan.specs) (once.has(name) ? more : once).add(name);
  severals.set(plan, more);
  return more;
}
