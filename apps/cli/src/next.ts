import { type LeafSpec, planFiles } from '@kubepki/core';
import { currentPath } from './paths.ts';
import type { Result, Step } from './result.ts';
import { restarts, retold } from './running.ts';
import { prefixed, quote, shown } from './shell.ts';

/** So many nodes get a line each; more of them a loop. */
const mostLines = 6;

/** What to do with what was made, in that order. */
export function nextSteps(result: Result): readonly Step[] {
  return [...copies(result), ...restarts(result), ...bindings(result), ...check(result)];
}

function* copies(result: Result): Generator<Step> {
  const { args, cluster, survey } = result;
  const flags = prefixed(['plan', ...fileOptions(result), '--flags']);
  if (cluster.layout.installed('nodes/x/y') === undefined) {
    yield { what: `the files are in ${currentPath(args, '')}; what to tell each process of them`, commands: [flags] };
    return;
  }
  const changed = new Set([...survey.writes, ...survey.drops].map((path) => /^nodes\/([^/]+)\//.exec(path)?.[1]));
  const nodes = cluster.plan.cluster.nodes.map(({ name }) => name).filter((name) => changed.has(name));
  if (nodes.length > 0) yield { what: 'copy each node its files', commands: exportCommands(nodes, result) };
  if (survey.first) yield { what: 'what to tell each process of them', commands: [flags] };
  else yield* retold(result, flags);
}

/** Copies nodes their files, a node a line; with many nodes in a loop. */
export function exportCommands(
  nodes: readonly string[],
  { args, cluster }: Pick<Result, 'args' | 'cluster'>,
): readonly string[] {
  const command = (node: string, target: string) => {
    const words = prefixed(['export', 'NODE', ...outputOptions(args), ...keyOptions(args)]).replace('NODE', node);
    return `${words} | ssh ${target} tar -xpC /`;
  };
  if (nodes.length <= mostLines) return nodes.map((node) => command(node, `root@${node}`));
  const all = nodes.length === cluster.plan.cluster.nodes.length;
  const list = all ? `$(ls ${quote(currentPath(args, 'nodes'))})` : nodes.join(' ');
  return [`for node in ${list}; do ${command('"$node"', '"root@$node"')}; done`];
}

function* bindings({ args, cluster, survey }: Result): Generator<Step> {
  const admin = adminConfig(cluster);
  const written = new Set(survey.writes);
  for (const { emitter, file } of planFiles(cluster)) {
    if (emitter.name !== 'rbac' || admin === undefined || !written.has(file.path)) continue;
    yield {
      what: 'bind what the certificates need, once the API server answers',
      commands: [kubectl(args, admin, ['apply', '-f', currentPath(args, file.path)])],
    };
  }
}

function* check({ args, cluster, survey }: Result): Generator<Step> {
  const { plan, layout } = cluster;
  const admin = plan.specs.find(
    (spec): spec is LeafSpec => spec.kind === 'leaf' && spec.name === 'admin' && spec.kubeconfig !== undefined,
  );
  const path = admin && layout.path({ spec: admin, part: 'kubeconfig' }, plan);
  if (survey.first && path !== undefined)
    yield { what: 'see who is there', commands: [kubectl(args, path, ['get', 'nodes'])] };
}

/** The kubeconfig that may do everything, in the tree. */
function adminConfig({ plan, layout }: Result['cluster']): string | undefined {
  const spec = plan.specs.find(
    (one): one is LeafSpec =>
      one.kind === 'leaf' && one.kubeconfig !== undefined && one.organizations.includes('system:masters'),
  );
  return spec && layout.path({ spec, part: 'kubeconfig' }, plan);
}

function kubectl(args: Result['args'], config: string, words: readonly string[]): string {
  return ['kubectl', '--kubeconfig', currentPath(args, config), ...words].map(quote).join(' ');
}

/** What names the cluster file and the config, as the run was called. */
function fileOptions({ args: { file, config } }: Result): readonly string[] {
  const own = file === undefined || file === 'cluster.yaml' ? [] : ['-f', file === '-' ? '-' : shown(file)];
  if (config === undefined) return own;
  return [...own, ...(config === false ? ['--no-config'] : ['--config', shown(config)])];
}

function outputOptions({ output }: Result['args']): readonly string[] {
  return shown(output) === 'pki' ? [] : ['-o', shown(output)];
}

/** The folder of the authorities' keys, unless the environment names it anyway. */
function keyOptions({ authorityKeys }: Result['args']): readonly string[] {
  if (authorityKeys === undefined || process.env.KUBEPKI_AUTHORITY_KEYS === authorityKeys) return [];
  return ['--authority-keys', shown(authorityKeys)];
}
