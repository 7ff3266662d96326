import type { z } from 'zod';
import { nearest } from '../cluster/near.ts';
import { PkiError, type Problem } from '../error.ts';
import type { Component, SpecInput } from './component.ts';
import { problemOf } from './finding.ts';
import type { PlanInput } from './input.ts';
import { type Completion, type Fields, specReader } from './read-specs.ts';
import { idOf, type LeafSpec, type Spec, type specSchema } from './spec.ts';
import { specFields } from './spec-fields.ts';

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

const shapes: Readonly<Record<string, object>> = specFields;

function hintFor(issue: z.core.$ZodIssue, kind: unknown): string {
  const [unknown] = issue.code === 'unrecognized_keys' && issue.path.length === 0 ? issue.keys : [];
  const near = unknown === undefined ? undefined : nearest(unknown, Object.keys(shapes[String(kind)] ?? {}));
  return near === undefined ? made : `did you mean ${near}?`;
}

/** What a component asks for. Reading it may run the component's code too. */
function askedBy(component: Component, input: PlanInput): readonly Asked[] {
  try {
    const read = specReader(completion(component, input));
    return Array.from(yielded(component, input), (asked) => ({
      name: asked?.name,
      kind: asked?.kind,
      parsed: read(asked),
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

/** What a component leaves out, and what it has no say in. One that is written without types may yield anything. */
function completion(component: Component, input: PlanInput): Completion {
  const own = (asked: Fields): Fields => {
    const { kind, name, node, sans } = asked as LeafSpec;
    const its = { component: component.name, id: idOf(name, node) };
    return kind === 'leaf' ? { ...its, sans: distinct(sans) } : its;
  };
  return { own, whole: (asked) => ({ ...missing(asked, input), ...asked, ...own(asked) }) };
}

function missing({ kind, name }: Fields, { keys, validity, given = {} }: PlanInput): object {
  switch (kind) {
    case 'authority':
      return { keys: keys.authorities, validity: validity.authorities, given: given[String(name)] ?? false };
    case 'keypair':
      return { keys: keys.serviceAccounts };
    case 'leaf':
      return { ...emptyLeaf, keys: keys.leaves, validity: validity.leaves };
    default:
      return {};
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
