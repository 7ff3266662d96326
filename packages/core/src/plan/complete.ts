import type { z } from 'zod';
import { nearest } from '../cluster/near.ts';
import { PkiError, type Problem } from '../error.ts';
import type { Component, SpecInput } from './component.ts';
import { problemOf } from './finding.ts';
import type { PlanInput } from './input.ts';
import {
  authoritySchema,
  elsewhereSchema,
  idOf,
  keyPairSchema,
  type LeafSpec,
  leafSchema,
  type Spec,
  specSchema,
} from './spec.ts';

/** What the components ask for, and the authorities that somebody else made, as whole specs; what is none is a problem. */
export function completeAll(input: PlanInput): {
  readonly specs: readonly Spec[];
  readonly problems: readonly Problem[];
} {
  const problems: Problem[] = [];
  const specs = input.components.flatMap((component) =>
    askedBy(component, input).flatMap(({ name, kind, parsed }) => {
      if (parsed.success) return [parsed.data];
      for (const issue of parsed.error.issues) {
        const { path, message } = issue;
        const id = [typeof name === 'string' ? name : 'a spec', ...path].join('.');
        problems.push(problemOf({ id, component: component.name }, { message, hint: hintFor(issue, kind) }));
      }
      return [];
    }),
  );
  return { specs: [...specs, ...strangers(input, specs)], problems };
}

const made = 'yield what authority, keyPair, server, client, peer or elsewhere of @kubepki/core return';

type Asked = {
  readonly name: unknown;
  readonly kind: unknown;
  readonly parsed: ReturnType<typeof specSchema.safeParse>;
};

/** The shape of each kind of spec, for its fields' names. */
const fields: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  authority: authoritySchema.shape,
  keypair: keyPairSchema.shape,
  leaf: leafSchema.shape,
  elsewhere: elsewhereSchema.shape,
};

function hintFor(issue: z.core.$ZodIssue, kind: unknown): string {
  const [unknown] = issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : [];
  const near = unknown === undefined ? undefined : nearest(unknown, Object.keys(fields[String(kind)] ?? {}));
  return near === undefined ? made : `did you mean ${near}?`;
}

/** What a component asks for. Reading it may run the component's code too. */
function askedBy(component: Component, input: PlanInput): readonly Asked[] {
  try {
    return Array.from(yielded(component, input), (asked) => ({
      name: asked?.name,
      kind: asked?.kind,
      parsed: specSchema.safeParse(complete(asked, { component, input })),
    }));
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

/** What a component yields. What a generator returns would get lost, so it may return nothing. */
function* yielded(component: Component, { cluster }: PlanInput): Generator<SpecInput> {
  const returned: unknown = yield* component.plan(cluster);
  if (returned === undefined) return;
  throw new PkiError('COMPONENT_FAILED', `component ${component.name} returns what it is to yield`, {
    hint: 'its plan is to be a generator: *plan(cluster, options) { yield server({…}); }',
  });
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
