import { formatVersion, nodeOf, type Plan, type PlannedFile, type Spec, urlOf } from '@kubepki/core';
import type { Planned } from '../commands/plan.ts';
import { groupBy } from '../group.ts';
import type { Out } from './out.ts';
import { configBlock, configLine } from './plan-config.ts';
import { specLines } from './plan-spec.ts';
import { count, listed } from './words.ts';

/** So many nodes are shown one by one; of more, those that are alike are shown once. */
const most = 10;

/** What will be made, for people: the cluster's own first, then node by node. */
export function planText(planned: Planned & { readonly kind: 'plan' }, out: Out): string {
  const { plan, layout, files, node, config } = planned;
  const foreign = new Set(config?.adds.components);
  const context = { files, out, foreign, flat: layout.installed('nodes/x/y') === undefined };
  return [
    ...configLine(planned, out),
    ...(node === undefined ? [head(plan, out), ...clusterBlocks(plan, context)] : []),
    ...nodeBlocks(plan, { ...context, node }),
    ...configBlock(planned, out),
    ...(node === undefined ? [foot(plan, files)] : []),
  ].join('\n\n');
}

type Context = {
  readonly files: readonly PlannedFile[];
  readonly out: Out;
  /** The names of the components that the config brings. */
  readonly foreign: ReadonlySet<string>;
  /** The layout has no folder for each node, whatever an emitter's own paths begin with. */
  readonly flat: boolean;
};

function head({ cluster, profile }: Plan, out: Out): string {
  const { endpoint } = cluster;
  const url = urlOf({ host: endpoint.host, port: endpoint.port ?? 6443 });
  return out.style('bold', `${cluster.name}: Kubernetes ${formatVersion(cluster.version)}, profile ${profile}, ${url}`);
}

function foot({ specs, cluster }: Plan, files: readonly PlannedFile[]): string {
  const made = specs.filter(({ kind }) => kind === 'authority' || kind === 'leaf').length;
  const what = `${count(made, 'certificate')} and ${count(files.length, 'file')}`;
  return `${what} for ${count(cluster.nodes.length, 'node')}; --json has them all`;
}

function clusterBlocks(plan: Plan, { files, out, foreign, flat }: Context): readonly string[] {
  const own = plan.specs.filter((spec) => nodeOf(spec) === undefined && spec.kind !== 'elsewhere');
  const groups = [
    ['authorities and key pairs', own.filter(({ kind }) => kind !== 'leaf')],
    ['people and others that belong to no node', own.filter(({ kind }) => kind === 'leaf')],
  ] as const;
  const paths = ownFiles(flat ? files : files.filter(({ file }) => !file.path.startsWith('nodes/')), flat);
  const blocks = groups.map(([title, specs]) => [
    out.style('bold', title),
    ...specs.flatMap((spec) => specLines(plan, { spec, paths, foreign })),
  ]);
  return blocks.filter((block) => block.length > 1).map((block) => block.join('\n'));
}

function nodeBlocks(
  plan: Plan,
  { files, node, out, foreign, flat }: Context & { readonly node: string | undefined },
): readonly string[] {
  const byNode = groupBy(plan.specs, (spec) => nodeOf(spec) ?? '');
  const filesOf = groupBy(files, ({ file }) => /^nodes\/([^/]+)\//.exec(file.path)?.[1] ?? '');
  const names = plan.cluster.nodes.map(({ name }) => name).filter((name) => node === undefined || name === node);
  const alike = groupBy(names, (name) => (names.length <= most ? name : shape(byNode.get(name) ?? [])));
  return [...alike.values()].map(([first = '', ...others]) => {
    const its = plan.cluster.nodes.find(({ name }) => name === first);
    const specs = byNode.get(first) ?? [];
    const own = flat ? files : (filesOf.get(first) ?? []);
    const paths = ownFiles(own, flat);
    const lives = livesOf([first, ...others].flatMap((name) => byNode.get(name) ?? []));
    const shared = own.filter(({ file }) => !flat && !specs.some(({ id }) => id === ownerOf(file)));
    const rest =
      others.length === 0
        ? []
        : [out.style('dim', `  and ${count(others.length, 'more node', 'more nodes')} like it: ${listed(others)}`)];
    return [
      out.style(
        'bold',
        `node ${first}: ${[...(its?.roles ?? []), ...(its?.ips ?? []), ...(its?.names ?? [])].join(', ')}`,
      ),
      ...specs.flatMap((spec) => specLines(plan, { spec, paths, foreign, lives })),
      ...(shared.length === 0
        ? []
        : [`  other files`, `      files  ${shared.map(({ file }) => onNode(file.path)).join(', ')}`]),
      ...rest,
    ].join('\n');
  });
}

/** The lives of specs by their names, each once. */
function livesOf(specs: readonly Spec[]): ReadonlyMap<string, readonly number[]> {
  const lives = groupBy(
    specs.filter((spec) => spec.kind === 'leaf'),
    ({ name }) => name,
  );
  return new Map([...lives].map(([name, all]) => [name, [...new Set(all.map(({ validity }) => validity))]]));
}

/** What nodes that are alike have in common; their lives may differ. */
function shape(specs: readonly Spec[]): string {
  return JSON.stringify(
    specs.map((spec) => (spec.kind === 'leaf' ? [spec.name, spec.issuer, spec.usages, spec.keys] : [spec.name])),
  );
}

/** Whose file it is: the one whose key it holds, or else the first that is in it. */
function ownerOf(file: PlannedFile['file']): string {
  if ('link' in file) return '';
  return (file.holds.find(({ part }) => part === 'key') ?? file.holds[0])?.id ?? '';
}

/** The paths of the files that are a spec's own, by its id. */
function ownFiles(files: readonly PlannedFile[], flat: boolean): ReadonlyMap<string, readonly string[]> {
  const held = files.map(({ file }) => ({ id: ownerOf(file), path: flat ? file.path : onNode(file.path) }));
  return new Map([...groupBy(held, ({ id }) => id)].map(([id, all]) => [id, all.map(({ path }) => path)]));
}

function onNode(path: string): string {
  return path.replace(/^nodes\/[^/]+/, '');
}
