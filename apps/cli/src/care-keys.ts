import { join } from 'node:path';
import { type Problem, planFiles } from '@kubepki/core';
import type { LoadedCluster } from './cluster.ts';
import { groupBy } from './group.ts';
import type { Args } from './options.ts';
import { listed } from './output/words.ts';
import { currentPath } from './paths.ts';
import type { Result } from './result.ts';
import { shown } from './shell.ts';

/** Where the private keys of authorities lie now. */
export function careOfKeys(result: Result): readonly Problem[] {
  if (result.args.dryRun) return [];
  return [...(result.survey.first ? [...ownKeys(result), ...copiedKeys(result)] : []), ...leftBehind(result)];
}

function* ownKeys({ args, cluster, book }: Result): Generator<Problem> {
  const names = [...book.authorities].filter(([name, { hasKey }]) => hasKey && cluster.given[name] === undefined);
  const own = names.map(([name]) => name);
  if (own.length === 0) return;
  const folder = args.authorityKeys;
  const apart = folder !== undefined;
  yield {
    where: apart ? shown(folder) : authorityFolder(args, cluster, own),
    message: `whoever has a key of ${own.join(', ')} can be anybody`,
    hint: apart
      ? 'keep it where few can read it; only runs that sign, and export of control planes, need it'
      : 'back it up, and let few read it; --authority-keys DIR keeps these keys out of the tree',
  };
}

/** The first run that keeps keys apart cannot take them out of older generations, which are never changed. */
function* leftBehind({ args, book, survey, before }: Result): Generator<Problem> {
  if (args.authorityKeys === undefined || survey.idle || args.keep === 1) return;
  const inTree = [...before.entries.values()].some(
    ({ apart, holds }) => !apart && holds.some(({ id, part }) => part === 'key' && book.authorities.has(id)),
  );
  if (!inTree) return;
  yield {
    where: shown(join(before.folder, 'generations')),
    message: "the older generations there still hold authorities' keys",
    hint: 'remove the folders that `current` does not lead to; --keep 1 does that with the next run that changes something',
  };
}

function* copiedKeys({ cluster, book }: Result): Generator<Problem> {
  const holders = new Map<string, Set<string>>();
  for (const { file, part } of planFiles(cluster)) {
    if ('link' in file || part.node === undefined) continue;
    for (const { id, part: held } of file.holds) {
      if (held !== 'key' || !book.authorities.has(id)) continue;
      holders.set(id, (holders.get(id) ?? new Set()).add(part.node));
    }
  }
  for (const group of groupBy(holders, ([, nodes]) => [...nodes].join(' ')).values()) {
    const names = group.map(([name]) => name);
    const nodes = [...(group[0]?.[1] ?? [])];
    yield { where: `nodes ${listed(nodes)}`, message: `they get the key of ${names.join(', ')}`, ...leavesOut(names) };
  }
}

/** The controller manager signs requests with the cluster's own authority alone. */
function leavesOut(names: readonly string[]): { readonly hint?: string } {
  return names.join() === 'ca'
    ? { hint: '`components: {controller-manager: {signsRequests: false}}` leaves it out' }
    : {};
}

function authorityFolder(args: Args, { plan, layout }: LoadedCluster, names: readonly string[]): string {
  const paths = plan.specs.flatMap((spec) => {
    const path =
      spec.kind === 'authority' && names.includes(spec.name) ? layout.path({ spec, part: 'key' }, plan) : undefined;
    return path === undefined ? [] : [path];
  });
  const inside = paths.every((path) => path.startsWith('authorities/'));
  return inside ? currentPath(args, 'authorities') : listed(paths.map((path) => currentPath(args, path)));
}
