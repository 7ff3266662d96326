import type { Credential } from '../credential.ts';
import type { Key } from '../keys/key.ts';
import type { Keyed } from '../keys/keys.ts';
import type { Plan } from '../plan/plan.ts';
import type { AuthoritySpec, LeafSpec } from '../plan/spec.ts';
import { authorityOf } from '../plan/uses.ts';
import { inRows } from '../rows.ts';
import { onward, outcome, type Settled } from '../stream.ts';
import type { Certificate } from './certificate.ts';
import { certifyAll } from './certify.ts';
import { type Issued, type IssueRequest, selfSigned } from './issuer.ts';
import { type Issuers, issuersOf, type SignContext } from './issuers.ts';
import { template } from './template.ts';

/** Makes a certificate for each thing that is to be made; what is kept passes through. In plan order. */
export function sign(keyed: AsyncIterable<Keyed>, context: SignContext): AsyncGenerator<Credential> {
  return signRows(inRows(keyed), context);
}

/** The same for rows of changes. */
export async function* signRows(
  rows: AsyncIterable<readonly Keyed[]>,
  context: SignContext,
): AsyncGenerator<Credential> {
  const authorities = new Map<string, Credential>();
  const signing = { ...context, authorities, ...issuersOf(context) };
  for await (const row of rows) {
    if (row.length > 1 && context.issuers === undefined) {
      for (const one of await fulfilAll(row, signing)) yield outcome(one);
      continue;
    }
    for (const change of row) {
      const credential = await fulfil(change, signing);
      if (credential.spec.kind === 'authority') authorities.set(credential.spec.name, credential);
      yield credential;
    }
  }
}

type Signing = SignContext & Issuers & { readonly authorities: ReadonlyMap<string, Credential> };

async function fulfil(change: Keyed, signing: Signing): Promise<Credential> {
  const { spec, kept, key } = change;
  if (spec.kind === 'keypair') return kept ?? { spec, ...(key ? { key } : {}), made: true };
  const issuer = issuerOf(spec, signing);
  const chain = chainOf(issuer, signing);
  if (kept !== undefined) return chain.length > 0 ? { ...kept, chain } : kept;
  const request = requestFor(change, signing);
  const issued = issuer === undefined ? await selfSigned(request) : await (await signing.open(issuer)).issue(request);
  return credentialOf(spec, { ...issued, key: request.key, chain });
}

/** Leaves of authorities of this process, which are signed in a row. */
async function fulfilAll(changes: readonly Keyed[], signing: Signing): Promise<readonly Settled<Credential>[]> {
  const values = changes.map((value) => ({ value }));
  const leaves = onward(values, (change) => {
    const spec = change.spec as LeafSpec;
    const issuer = issuerOf(spec, signing);
    if (issuer === undefined) throw new Error(`${spec.id} has no authority`);
    const request = requestFor(change, signing);
    return { spec, key: request.key, chain: chainOf(issuer, signing), ...signing.own(issuer).ask(request) };
  });
  const certificates = await certifyAll(onward(leaves, ({ asked }) => asked));
  return onward(leaves, ({ spec, ...leaf }, index) => {
    const certificate = outcome(certificates[index] as Settled<Certificate>);
    return credentialOf(spec, { ...leaf, certificate });
  });
}

function requestFor({ spec, key, again }: Keyed, { plan, now, random }: SignContext): IssueRequest<Key> {
  if (spec.kind === 'keypair') throw new TypeError(`${spec.id} has no certificate`);
  if (key === undefined) throw new Error(`${spec.id} has no key`);
  const request = { template: template(spec, plan), key, now, random, name: spec.id };
  // What an authority signed names it as it was.
  return spec.kind === 'authority' && again !== undefined ? { ...request, again: again.certificate } : request;
}

function credentialOf(
  spec: AuthoritySpec | LeafSpec,
  { certificate, key, cut, chain }: Issued & { readonly key: Key; readonly chain: readonly Certificate[] },
): Credential {
  return { spec, certificate, key, made: true, ...(chain.length > 0 ? { chain } : {}), ...(cut ? { cut } : {}) };
}

function issuerOf(
  spec: AuthoritySpec | LeafSpec,
  { plan, authorities }: { readonly plan: Plan; readonly authorities: ReadonlyMap<string, Credential> },
): Credential | undefined {
  const authority = authorityOf(plan, spec);
  if (authority === undefined) return undefined;
  const credential = authorities.get(authority.name);
  if (credential === undefined) throw new Error(`${spec.id} comes before its authority ${authority.name}`);
  return credential;
}

/** The certificates between a leaf and the authority that signs itself. */
function chainOf(
  issuer: Credential | undefined,
  { plan, authorities }: { readonly plan: Plan; readonly authorities: ReadonlyMap<string, Credential> },
) {
  const chain = [];
  for (let next = issuer; next?.spec.kind === 'authority' && next.spec.issuer !== undefined; ) {
    if (next.certificate !== undefined) chain.push(next.certificate);
    next = issuerOf(next.spec, { plan, authorities });
  }
  return chain;
}
