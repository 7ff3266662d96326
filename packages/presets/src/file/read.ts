import { byKind, type Cluster, clusterSchema, PkiError, type Problem } from '@kubepki/core';
import { choiceRules, longestMaster } from './choice-rules.ts';
import { type Fixed, namedTwice, without } from './fixed.ts';
import { nodeRules, rolesOf } from './node-rules.ts';
import { findingsOf, problemsOf } from './problems.ts';
import type { ClusterFile, ClusterFileSchema } from './schema.ts';
import type { Fields, Verdict } from './verdict.ts';
import { readYaml, type Yaml } from './yaml.ts';

/** A cluster file: what it chooses, the facts that it states, and what is odd about it. */
export type ReadFile<Schema extends ClusterFileSchema> = {
  readonly file: ClusterFile<Schema>;
  readonly facts: Cluster;
  readonly warnings: readonly Problem[];
};

/** How a cluster file is read: by which schema, and under which name in messages. */
export type ReadOptions<Schema extends ClusterFileSchema> = {
  readonly fileName?: string;
  readonly schema: Schema;
  /** What the file may not name. */
  readonly fixed?: readonly Fixed[];
};

/**
 * Reads a cluster file, in YAML or JSON.
 * @throws PkiError YAML_INVALID where it is not even YAML, else CLUSTER_FILE_INVALID with every problem in it
 */
export function readClusterFile<Schema extends ClusterFileSchema>(
  text: string,
  options: ReadOptions<Schema>,
): ReadFile<Schema> {
  const { fileName = 'cluster.yaml' } = options;
  const yaml = readYaml(text, fileName);
  if (yaml.value === null)
    throw invalid(fileName, [
      { where: fileName, message: 'the file is empty', hint: '`kubepki init` writes one to start from' },
    ]);
  return read({ ...yaml, value: withVersionAsWritten(yaml) }, { ...options, fileName });
}

/** Reads a value of a cluster file's form, as YAML gives it. @throws PkiError CLUSTER_FILE_INVALID with every problem in it */
export function readClusterValue<Schema extends ClusterFileSchema>(
  value: unknown,
  options: ReadOptions<Schema>,
): ReadFile<Schema> {
  return read({ value, line: () => undefined, source: () => undefined }, { fileName: 'the cluster', ...options });
}

function read<Schema extends ClusterFileSchema>(
  yaml: Yaml,
  { fileName, schema, fixed = [] }: ReadOptions<Schema> & { readonly fileName: string },
): ReadFile<Schema> {
  const { value } = yaml;
  const parsed = schema.safeParse(value, once);
  const twice = namedTwice(value, fixed);
  const found = parsed.success ? [] : without(findingsOf(parsed.error.issues, { schema, value }), twice);
  const verdicts = verdictsOn(parsed.success ? parsed.data : partsOf(value, schema));
  const wrong = verdicts.filter(({ level }) => level === 'error');
  const errors = problemsOf([...twice, ...found, ...wrong], yaml);
  if (!parsed.success || errors.length > 0) throw invalid(fileName, errors);
  const warnings = problemsOf(
    verdicts.filter(({ level }) => level === 'warning'),
    yaml,
  );
  const file = fileOf(parsed.data as ClusterFile, value as Partial<ClusterFile>);
  return { file: file as ClusterFile<Schema>, facts: factsOf(file), warnings };
}

/** By itself zod compiles a schema at its first use, which takes longer than reading a file with hundreds of nodes. */
const once = { jitless: true };

function verdictsOn(fields: Fields): readonly Verdict[] {
  return [...nodeRules, ...choiceRules].flatMap((rule) => [...rule(fields, fields.nodes ?? [])]);
}

function invalid(fileName: string, problems: readonly Problem[]): PkiError {
  const [first] = problems;
  const place = first?.line === undefined ? fileName : `${fileName}:${first.line}`;
  const where = first?.where === fileName ? '' : `${first?.where}: `;
  const message =
    problems.length === 1 ? `${place}: ${where}${first?.message}` : `${fileName}: ${problems.length} problems`;
  return new PkiError('CLUSTER_FILE_INVALID', message, {
    problems,
    hint: problems.length === 1 ? first?.hint : undefined,
  });
}

/** A version without quotes is a number to YAML, and 1.30 the number 1.3: the text of the file counts. */
function withVersionAsWritten({ value, source }: Yaml): unknown {
  const written = source(['kubernetesVersion']);
  return written === undefined ? value : { ...(value as object), kubernetesVersion: written };
}

/** The fields of a file that are right by themselves, so that all that is wrong is found at once. */
function partsOf(value: unknown, schema: ClusterFileSchema): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  const fields = Object.entries(schema.shape).map(
    ([name, field]) => [name, field.safeParse((value as Record<string, unknown>)[name])] as const,
  );
  return Object.fromEntries(fields.filter(([, { success }]) => success).map(([name, { data }]) => [name, data]));
}

function fileOf(parsed: ClusterFile, { components = {}, emitters = {} }: Partial<ClusterFile>): ClusterFile {
  const users = parsed.users.map((user) => ({
    ...user,
    validity: user.validity ?? lifeOf(user.groups, parsed.validity),
  }));
  return { ...parsed, users, components, emitters };
}

/** How long a person's certificate lives where the file does not say. */
function lifeOf(groups: readonly string[], { leaves }: ClusterFile['validity']): number {
  return groups.includes('system:masters') ? Math.min(leaves, longestMaster) : leaves;
}

function factsOf(file: ClusterFile): Cluster {
  const nodes = file.nodes.map((node) => {
    const { ips, dns } = byKind(node.addresses);
    return { name: node.name, roles: rolesOf(node, file.nodes), ips, names: dns };
  });
  const first = nodes.find(({ roles }) => roles.includes('control-plane'));
  return clusterSchema.parse(
    {
      name: file.name,
      version: file.kubernetesVersion,
      endpoint: file.controlPlaneEndpoint ?? { host: first?.ips[0] },
      dnsDomain: file.dnsDomain,
      serviceSubnets: file.serviceSubnets,
      nodes,
      etcd: file.etcd === 'nodes' ? 'nodes' : { external: file.etcd.external },
    },
    once,
  );
}
