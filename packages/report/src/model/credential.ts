import {
  type AuthoritySpec,
  authorityOf,
  type ElsewhereSpec,
  instants,
  type LeafSpec,
  PkiError,
  type Plan,
  type Span,
  type Spec,
  template,
} from '@kubepki/core';
import { credentialId, type State, stateOf, type Watched } from '@kubepki/status';
import type { ReportInput } from './input.ts';

/** A certificate or key pair of a plan, with what is known of it when it is there. */
export type Credential = {
  readonly id: string;
  readonly spec: Exclude<Spec, ElsewhereSpec>;
  /** The id of the authority that signs it, itself where it signs itself; undefined: a key pair, or nobody knows. */
  readonly authority: string | undefined;
  readonly begins: Date | undefined;
  /** The last second in which it is good, by itself and by the authorities above it. */
  readonly ends: Date | undefined;
  /** The authority by which it ends earlier than by itself. */
  readonly endsWith: string | undefined;
  /** `missing`: the plan has it, and it is not there. `endless`: a key pair. `unknown`: nothing is made, and by what is given. */
  readonly state: State | 'missing' | 'endless' | 'unknown';
  /** As the API server's audit log names it. */
  readonly fingerprint: string | undefined;
  readonly serial: string | undefined;
  readonly files: readonly string[];
};

/** Every credential of a plan, in its order: as it was made, or as it would be, were it made now. */
export function credentialsOf({ plan, made, files, now }: ReportInput): readonly Credential[] {
  const watched = new Map(made?.certificates.map((each) => [each.id, each]));
  const spans = new Map<string, Span>();
  return plan.specs.flatMap((spec) => {
    if (spec.kind === 'elsewhere') return [];
    if (spec.kind === 'keypair') return [keyPair(spec, files?.get(spec.id))];
    const known = watched.get(spec.id);
    const authority = spec.issuer === undefined ? spec.id : authorityOf(plan, spec)?.id;
    if (known !== undefined) return [{ ...ofWatched(known, now), id: spec.id, spec, authority }];
    const span = made === undefined ? expected(spec, { plan, spans, now }) : undefined;
    if (span !== undefined) spans.set(spec.id, span);
    const its = { id: spec.id, spec, authority, begins: span?.notBefore, ends: span?.notAfter, endsWith: undefined };
    const state = span === undefined ? (made === undefined ? 'unknown' : 'missing') : 'good';
    return [{ ...its, state, fingerprint: undefined, serial: undefined, files: files?.get(spec.id) ?? [] }];
  });
}

function keyPair(spec: Credential['spec'], files: readonly string[] = []): Credential {
  const nothing = { authority: undefined, begins: undefined, ends: undefined, endsWith: undefined } as const;
  return { id: spec.id, spec, ...nothing, state: 'endless', fingerprint: undefined, serial: undefined, files };
}

function ofWatched(watched: Watched, now: Date): Omit<Credential, 'id' | 'spec' | 'authority'> {
  const { begins, ends, endsWith, serial, files } = watched;
  return { begins, ends, endsWith, state: stateOf(watched, now), fingerprint: credentialId(watched), serial, files };
}

/** When the certificate of somebody else ends is not in a plan. */
function isGiven(spec: AuthoritySpec | LeafSpec): boolean {
  return spec.kind === 'authority' && spec.given !== false;
}

type Expecting = { readonly plan: Plan; readonly spans: ReadonlyMap<string, Span>; readonly now: Date };

/** From when until when it would be good, were everything made now. */
function expected(spec: AuthoritySpec | LeafSpec, { plan, spans, now }: Expecting): Span | undefined {
  if (isGiven(spec)) return undefined;
  const { life } = template(spec, plan);
  const issuer = spans.get(authorityOf(plan, spec)?.id ?? '');
  if (life.from === 'issuer' && issuer === undefined) return undefined;
  try {
    const span = instants(life, { now, issuer });
    // What is not cut to its authority's end is good no longer than that all the same.
    return issuer !== undefined && issuer.notAfter < span.notAfter ? { ...span, notAfter: issuer.notAfter } : span;
  } catch (error) {
    if (error instanceof PkiError) return undefined;
    throw error;
  }
}
