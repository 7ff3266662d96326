import { PkiError, type Problem } from '../error.ts';
import type { Component, SpecInput } from './component.ts';
import type { PlanInput } from './input.ts';
import { idOf, type LeafSpec, type Spec, specSchema } from './spec.ts';

/** What the components ask for, and the authorities that somebody else made, as whole specs; what is none is a problem. */
export function completeAll(input: PlanInput): {
  readonly specs: readonly Spec[];
  readonly problems: readonly Problem[];
} {
  const problems: Problem[] = [];
  const specs = input.components.flatMap((component) =>
    askedBy(component, input.cluster).flatMap((asked) => {
      const parsed = specSchema.safeParse(complete(asked, { component, input }));
      if (parsed.success) return [parsed.data];
      for (const { path, message } of parsed.error.issues) {
        const where = [typeof asked?.name === 'string' ? asked.name : 'a spec', ...path].join('.');
        problems.push({ where, message: `component ${component.name}: ${message}` });
      }
      return [];
    }),
  );
  return { specs: [...specs, ...strangers(input, specs)], problems };
}

function askedBy(component: Component, cluster: PlanInput['cluster']): readonly SpecInput[] {
  try {
    return [...component.plan(cluster)];
  } catch (cause) {
    if (cause instanceof PkiError) throw cause;
    throw new PkiError(
      'COMPONENT_FAILED',
      `component ${component.name} failed: ${cause instanceof Error ? cause.message : 'it threw'}`,
      {
        hint: 'this is a fault of the component; tell its authors, or leave it out',
        cause,
      },
    );
  }
}

/** Authorities that only the table of uses knows. */
function strangers({ given = {}, validity, keys }: PlanInput, asked: readonly Spec[]): readonly Spec[] {
  return Object.entries(given)
    .filter(([name]) => !asked.some((spec) => spec.kind === 'authority' && spec.name === name))
    .map(([name, { key }]) => ({
      kind: 'authority',
      id: name,
      name,
      component: 'given',
      commonName: name,
      keys: keys.authorities,
      validity: validity.authorities,
      serves: [],
      given: { key },
    }));
}

function complete(
  spec: SpecInput,
  { component, input }: { readonly component: Component; readonly input: PlanInput },
): unknown {
  const { keys, validity, given = {} } = input;
  // A component written without types may yield anything.
  if (typeof spec !== 'object' || spec === null) return spec;
  const its = { component: component.name, id: idOf(spec.name, 'node' in spec ? spec.node : undefined) };
  switch (spec.kind) {
    case 'authority':
      return {
        keys: keys.authorities,
        validity: validity.authorities,
        given: given[spec.name] ?? false,
        ...spec,
        ...its,
      };
    case 'keypair':
      return { keys: keys.serviceAccounts, ...spec, ...its };
    case 'leaf':
      return { ...emptyLeaf, keys: keys.leaves, validity: validity.leaves, ...spec, ...its, sans: distinct(spec.sans) };
    default:
      return { ...spec, ...its };
  }
}

/** Names and addresses each once, in their order: several sources give the same. */
function distinct(sans: LeafSpec['sans'] = emptyLeaf.sans): LeafSpec['sans'] {
  if (!Array.isArray(sans?.dns) || !Array.isArray(sans.ips)) return sans;
  return { ...sans, dns: [...new Set(sans.dns)], ips: [...new Set(sans.ips)] };
}

const emptyLeaf = {
  organizations: [],
  usages: [],
  sans: { dns: [], ips: [] },
  person: false,
  reload: 'restart',
  flags: {},
  reads: [],
  accepts: [],
  clients: [],
  connects: [],
  bindings: [],
} satisfies Partial<LeafSpec>;
