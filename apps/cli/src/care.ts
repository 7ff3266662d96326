import { isLeftOut, type LeafSpec, type Plan, type Problem } from '@kubepki/core';
import type { Book } from './book.ts';
import { careOfClock } from './care-clock.ts';
import { careOfKeys } from './care-keys.ts';
import { careOfSharing } from './care-sharing.ts';
import { type Due, dueLeaves } from './due.ts';
import { lostGroups, manifestOfBindings } from './lost-groups.ts';
import { day, listed } from './output/words.ts';
import { currentPath } from './paths.ts';
import type { Result } from './result.ts';

/** What a person should know of what was made just now, and of what ends. All of it is derived from the plan. */
export function careOf(result: Result): readonly Problem[] {
  const { cluster, book, survey, args } = result;
  const first = survey.first && !args.dryRun;
  return [
    ...cluster.warnings,
    ...careOfKeys(result),
    ...careOfSharing(result),
    ...(first ? [...bindings(result), ...etcdElsewhere(cluster.plan)] : []),
    ...masters(result),
    ...cuts(cluster.plan, book),
    ...endings(result),
    ...lostGroups(result),
    ...careOfClock(result),
  ];
}

function* masters({ args, cluster: { plan, layout }, book }: Result): Generator<Problem> {
  for (const spec of leaves(plan)) {
    const note = book.notes.get(spec.id);
    if (!spec.organizations.includes('system:masters') || !note?.made) continue;
    const path = spec.kubeconfig === undefined ? undefined : layout.path({ spec, part: 'kubeconfig' }, plan);
    const end = note.notAfter;
    yield {
      where: path === undefined ? spec.id : currentPath(args, path),
      message: `it may do everything, and nothing can take that back before it ends${end === undefined ? '' : ` on ${day(end)}`}`,
      hint: 'keep it offline for emergencies',
    };
  }
}

function* bindings({ cluster }: Result): Generator<Problem> {
  const names = new Set(leaves(cluster.plan).flatMap((leaf) => leaf.bindings.map(({ binding }) => binding)));
  if (names.size === 0 || manifestOfBindings(cluster) !== undefined) return;
  yield {
    where: [...names].join(', '),
    message: 'these ClusterRoleBindings have to be made before their certificates can do their work',
    hint: 'kubeadm init makes them; `emitters: {rbac: true}` writes a manifest of them',
  };
}

function* etcdElsewhere({ cluster, uses }: Plan): Generator<Problem> {
  if (cluster.etcd === 'nodes' || uses['etcd/client'] !== undefined) return;
  yield {
    where: 'etcd',
    message: 'it is elsewhere, and nothing is made that the API server needs to reach it',
    hint: 'give its authority (`authorities: {etcd/ca: {certificate: FILE, key: FILE}}`), or set --etcd-cafile, --etcd-certfile and --etcd-keyfile to what its owner gives you',
  };
}

function* cuts(plan: Plan, { notes }: Book): Generator<Problem> {
  const ids = plan.specs.filter(({ id }) => notes.get(id)?.cut).map(({ id }) => id);
  if (ids.length > 0)
    yield { where: listed(ids), message: 'cut to the end of their authority, which ends before they would' };
}

function* endings({ cluster, book, now, survey }: Result): Generator<Problem> {
  const made = new Set(survey.makes.map(({ id }) => id));
  const ending = dueLeaves(cluster.plan, { ...book, now, before: cluster.renewBefore }).filter(
    ({ spec }) => !made.has(spec.id) && spec.renews !== 'itself',
  );
  const due = ending.filter(({ spec }) => !isLeftOut(spec));
  if (due.length > 0) yield { ...endOf(due, now), hint: 'kubepki renew makes what is due again' };
  for (const one of ending) {
    if (!isLeftOut(one.spec)) continue;
    const hint = `it may do everything, and is renewed by its name alone: kubepki renew ${one.spec.id}`;
    yield { ...endOf([one], now), hint };
  }
}

function endOf(ending: readonly Due[], now: Date): Problem {
  const [first = now] = ending.map(({ notAfter }) => notAfter).sort((a, b) => a.getTime() - b.getTime());
  const ended = ending.length === 1 ? 'it ends' : 'the first ends';
  return {
    where: listed(ending.map(({ spec }) => spec.id)),
    message: `${first <= now ? 'ended' : ended} on ${day(first)}, and generate makes nothing again because of time`,
  };
}

function leaves(plan: Plan): readonly LeafSpec[] {
  return plan.specs.filter((spec) => spec.kind === 'leaf');
}
