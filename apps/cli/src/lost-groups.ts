import { type LeafSpec, type Problem, planFiles } from '@kubepki/core';
import type { LoadedCluster } from './cluster.ts';
import { groupBy } from './group.ts';
import { listed } from './output/words.ts';
import { currentPath } from './paths.ts';
import type { Result } from './result.ts';

/**
 * Certificates that are made again without a group that they had, and whose identity is bound to a role instead: until
 * the binding is there, what they do is refused.
 */
export function* lostGroups({
  args,
  cluster,
  survey,
}: Pick<Result, 'args' | 'cluster' | 'survey'>): Generator<Problem> {
  const specs = new Map(cluster.plan.specs.map((spec) => [spec.id, spec]));
  const lost = survey.makes.flatMap(({ id, reasons }) => {
    const spec = specs.get(id);
    const groups = reasons.flatMap((reason) => /^subject -O=(.*)$/.exec(reason)?.[1] ?? []);
    return spec?.kind === 'leaf' && groups.length > 0 && spec.bindings.length > 0
      ? [{ spec, groups: groups.join(', ') }]
      : [];
  });
  for (const [groups, ones] of groupBy(lost, (one) => one.groups)) {
    yield {
      where: listed(ones.map(({ spec }) => spec.id)),
      message: `they leave the group ${groups}; their rights come from ${listed(bindingsOf(ones))} then`,
      hint: bindFirst({ args, cluster }),
    };
  }
}

function bindingsOf(ones: readonly { readonly spec: LeafSpec }[]): readonly string[] {
  return [...new Set(ones.flatMap(({ spec }) => spec.bindings.map(({ binding }) => binding)))];
}

function bindFirst({ args, cluster }: Pick<Result, 'args' | 'cluster'>): string {
  const manifest = manifestOfBindings(cluster);
  return manifest === undefined
    ? 'make these ClusterRoleBindings first, before the new certificates are handed out'
    : `apply ${currentPath(args, manifest)} of the new generation first, before its certificates are handed out`;
}

/** Where the manifest of the bindings lies in the tree, if one is written. */
export function manifestOfBindings({ plan, emitters, layout }: LoadedCluster): string | undefined {
  const own = emitters.filter(({ name }) => name === 'rbac');
  for (const { file } of planFiles({ plan, emitters: own, layout })) return file.path;
  return undefined;
}
