import type { Problem } from '../error.ts';
import { lookup } from './lookup.ts';
import { needsOf } from './needs.ts';
import type { Plan } from './plan.ts';
import type { Spec } from './spec.ts';

/** Every use that is asked for must be in the table, and the table must name what the plan has. */
export function* checkUses(plan: Plan): Generator<Problem> {
  const { sources } = lookup(plan);
  for (const [use, { signs, trusts }] of Object.entries(plan.uses)) {
    for (const name of new Set([signs, ...trusts])) {
      if (!sources.has(name)) {
        yield {
          where: `uses.${use}`,
          message: `there is no authority ${name}`,
          hint: `the authorities are: ${[...sources.keys()].join(', ')}`,
        };
      }
    }
    if (trusts.length === 0)
      yield {
        where: `uses.${use}`,
        message: 'nobody is trusted for it',
        hint: 'name at least the authority that signs',
      };
  }
  for (const spec of plan.specs) yield* checkUsesOf(plan, spec);
}

function* checkUsesOf(plan: Plan, spec: Spec): Generator<Problem> {
  for (const use of usesOf(plan, spec)) {
    if (plan.uses[use] === undefined) {
      yield {
        where: spec.id,
        message: `component ${spec.component}: no authority stands behind the use ${use}`,
        hint: `the uses are: ${Object.keys(plan.uses).join(', ')}; another one needs an authority that serves it`,
      };
    }
  }
  if ((spec.kind === 'leaf' || spec.kind === 'authority') && spec.issuer !== undefined) {
    const signer = lookup(plan).sources.get(plan.uses[spec.issuer]?.signs ?? '');
    if (signer?.kind === 'keypair') {
      yield {
        where: spec.id,
        message: `component ${spec.component}: ${signer.name} is a bare key pair and signs no certificates`,
      };
    }
  }
}

function usesOf(plan: Plan, spec: Spec): ReadonlySet<string> {
  if (spec.kind === 'keypair') return new Set();
  if (spec.kind === 'authority') return new Set(spec.issuer === undefined ? [] : [spec.issuer]);
  if (spec.kind === 'elsewhere') return new Set([...(spec.issuer === undefined ? [] : [spec.issuer]), ...spec.accepts]);
  return new Set([spec.issuer, ...spec.accepts, ...needsOf(plan, spec).map((need) => need.use)]);
}
