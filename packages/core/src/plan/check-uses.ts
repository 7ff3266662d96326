import { nearest } from '../cluster/near.ts';
import type { Problem } from '../error.ts';
import type { Finding } from './finding.ts';
import { lookup } from './lookup.ts';
import { needsOf } from './needs.ts';
import type { Plan } from './plan.ts';
import type { LeafSpec, Spec } from './spec.ts';
import { isPublicAlone, signerOf } from './uses.ts';

/** The table must name what the plan has, and behind a use stand authorities or key pairs, not both. */
export function* checkTable(plan: Plan): Generator<Problem> {
  const { sources } = lookup(plan);
  for (const [use, { signs, trusts }] of Object.entries(plan.uses)) {
    const where = `uses.${use}`;
    const names = [...new Set([signs, ...trusts])];
    for (const name of names.filter((name) => !sources.has(name))) {
      const hint = `the authorities are: ${[...sources.keys()].join(', ')}`;
      yield { where, message: `there is no authority ${name}`, hint };
    }
    const signer = sources.get(signs);
    if (signer !== undefined && isPublicAlone(signer)) {
      yield { where, message: `${signs} signs nothing: its private half is not here`, hint: 'let it be trusted alone' };
    }
    if (trusts.length === 0)
      yield { where, message: 'nobody is trusted for it', hint: 'name at least the authority that signs' };
    if (new Set(names.flatMap((name) => sources.get(name)?.kind ?? [])).size > 1) {
      const message = `authorities and bare key pairs cannot stand behind one use: ${names.join(', ')}`;
      yield { where, message, hint: 'name one kind; a bare key pair has no certificate to trust' };
    }
  }
}

/** Every use that a spec asks for must be in the table, with what it wants of it. */
export function* checkUsesOf(plan: Plan, spec: Spec): Generator<Finding> {
  for (const use of usesOf(plan, spec)) {
    // A use may have the name of what every object has.
    if (Object.hasOwn(plan.uses, use)) continue;
    yield { message: `no authority stands behind the use ${use}`, hint: hintFor(plan, use) };
  }
  const signer = 'issuer' in spec && spec.issuer !== undefined ? keyPairBehind(plan, spec.issuer) : undefined;
  if (signer !== undefined) {
    yield {
      message: `${signer} is a bare key pair and signs no certificates`,
      hint: 'let `issuer` be a use that an authority serves',
    };
  }
  if (spec.kind === 'leaf') yield* checkNeeds(plan, spec);
}

function hintFor(plan: Plan, use: string): string {
  const uses = Object.keys(plan.uses);
  const served = uses.filter((one) => signerOf(plan.uses, one) === use);
  if (served.length > 0) return `${use} is an authority; name a use that it serves: ${served.join(', ')}`;
  const near = nearest(use, uses);
  const list = `the uses are: ${uses.join(', ')}; another one needs an authority that serves it`;
  return near === undefined ? list : `did you mean ${near}? ${list}`;
}

function* checkNeeds(plan: Plan, leaf: LeafSpec): Generator<Finding> {
  for (const { use, part } of needsOf(plan, leaf)) {
    const name = keyPairBehind(plan, use);
    if (name === undefined || part === 'key' || part === 'public') continue;
    yield {
      message: `it wants the ${part} of the use ${use}, and ${name} is a bare key pair without a certificate`,
      hint: 'a bare key pair has the parts key and public; only clients with certificates can be accepted',
    };
  }
}

function keyPairBehind(plan: Plan, use: string): string | undefined {
  const source = lookup(plan).sources.get(signerOf(plan.uses, use) ?? '');
  return source?.kind === 'keypair' ? source.name : undefined;
}

function usesOf(plan: Plan, spec: Spec): ReadonlySet<string> {
  if (spec.kind === 'keypair') return new Set();
  const issuer = spec.issuer === undefined ? [] : [spec.issuer];
  if (spec.kind === 'authority') return new Set(issuer);
  if (spec.kind === 'elsewhere') return new Set([...issuer, ...spec.accepts]);
  return new Set([...issuer, ...spec.accepts, ...needsOf(plan, spec).map(({ use }) => use)]);
}
