import { kindOf, nearest, PkiError, type Policy, type Problem } from '@kubepki/core';
import { addPlugins, type Plugins } from './add-plugins.ts';
import { componentProblems, emitterProblems } from './check-plugins.ts';
import type { Config } from './define-config.ts';
import { guardIssuers, type Issuers } from './guard-issuers.ts';
import { guardPolicy } from './guard-policy.ts';

/** A config that was checked, and what it means for a run. */
export type ReadConfig = Plugins & {
  /** Its name in messages. */
  readonly fileName: string;
  readonly cluster: Config['cluster'];
  readonly policies: readonly Policy[];
  readonly issuers?: Issuers;
};

/**
 * Checks what a config exports. Whatever its plugins, policies and issuers do wrong later is told by their names.
 * @throws PkiError CONFIG_INVALID with every problem
 */
export function readConfig(value: unknown, fileName: string): ReadConfig {
  const problems = [...problemsOf(value)];
  if (problems.length > 0) throw invalid(fileName, problems);
  const config = value as Config;
  const { policies = [], issuers } = config;
  return {
    fileName,
    cluster: config.cluster,
    ...addPlugins(config, fileName),
    policies: policies.map((policy, index) => guardPolicy(policy, { index, fileName })),
    ...(issuers === undefined ? {} : { issuers: guardIssuers(issuers, fileName) }),
  };
}

const keys = ['cluster', 'components', 'emitters', 'policies', 'issuers'] as const satisfies (keyof Config)[];

function* problemsOf(value: unknown): Generator<Problem> {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Promise) {
    yield { where: 'the default export', message: `a config is expected, found ${kindOf(value)}`, hint: example };
    return;
  }
  for (const key of Object.keys(value)) {
    if ((keys as readonly string[]).includes(key)) continue;
    const near = nearest(key, keys);
    const hint = near === undefined ? `known here: ${keys.join(', ')}` : `did you mean ${near}?`;
    yield { where: key, message: 'an unknown key', hint };
  }
  const { cluster, components, emitters, policies, issuers } = value as Record<string, unknown>;
  if (cluster !== undefined && !isCluster(cluster)) {
    const hint = 'the path of a cluster file, what it holds as an object, or a function that gives either';
    yield { where: 'cluster', message: `a cluster is expected, found ${kindOf(cluster)}`, hint };
  }
  yield* listProblems(components, 'components', componentProblems);
  yield* listProblems(emitters, 'emitters', emitterProblems);
  yield* listProblems(policies, 'policies', policyProblems);
  if (issuers !== undefined && typeof issuers !== 'function')
    yield { where: 'issuers', message: `a function is expected, found ${kindOf(issuers)}` };
}

const example = 'export default defineConfig({ components: […] }), with defineConfig from @kubepki/presets';

function isCluster(value: unknown): boolean {
  if (typeof value === 'string') return value !== '';
  if (typeof value === 'function') return true;
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Promise);
}

function* listProblems(
  value: unknown,
  where: string,
  problems: (list: readonly unknown[]) => Iterable<Problem>,
): Generator<Problem> {
  if (value === undefined) return;
  if (Array.isArray(value)) yield* problems(value);
  else yield { where, message: `a list is expected, found ${kindOf(value)}`, hint: `${where}: […]` };
}

function* policyProblems(list: readonly unknown[]): Generator<Problem> {
  for (const [index, policy] of list.entries()) {
    if (typeof policy === 'function') continue;
    const hint = 'a policy is a function from a plan to a plan';
    yield { where: `policies[${index}]`, message: `a function is expected, found ${kindOf(policy)}`, hint };
  }
}

function invalid(fileName: string, problems: readonly Problem[]): PkiError {
  const [first] = problems;
  if (problems.length > 1)
    return new PkiError('CONFIG_INVALID', `${fileName}: ${problems.length} problems`, { problems });
  const message = `${fileName}: ${first?.where}: ${first?.message}`;
  return new PkiError('CONFIG_INVALID', message, { problems, hint: first?.hint });
}
