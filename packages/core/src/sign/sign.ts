import type { Credential } from '../credential.ts';
import type { Key } from '../keys/key.ts';
import type { Keyed } from '../keys/keys.ts';
import type { Plan } from '../plan/plan.ts';
import type { AuthoritySpec, LeafSpec } from '../plan/spec.ts';
import { authorityOf } from '../plan/uses.ts';
import { outcome, type Settled, settled } from '../stream.ts';
import type { Certificate } from './certificate.ts';
import { type Issuer, localIssuer, selfSigned } from './issuer.ts';
import { keyMissing } from './key-missing.ts';
import { softwareSigner } from './signer.ts';
import { template } from './template.ts';

/** What signing needs from outside: the clock, randomness, and issuers other than this process. */
export type SignContext = {
  readonly plan: Plan;
  readonly now: Date;
  /** Gives that many random bytes. */
  readonly random: (count: number) => Uint8Array;
  /** Opens an authority's issuer, at its first use; without it the authority's own key signs. */
  readonly issuers?: (authority: Credential) => Promise<Issuer | undefined>;
};

/** Makes a certificate for each thing that is to be made; what is kept passes through. In plan order. */
export async function* sign(keyed: AsyncIterable<Keyed>, context: SignContext): AsyncGenerator<Credential> {
  const authorities = new Map<string, Credential>();
  const opened = new Map<string, Promise<Issuer>>();
  const open = (authority: Credential): Promise<Issuer> => {
    const { name } = authority.spec;
    const issuer = opened.get(name) ?? openIssuer(authority, context);
    opened.set(name, issuer);
    return issuer;
  };
  const started: Promise<Settled<Credential>>[] = [];
  for await (const change of keyed) {
    started.push(settled(fulfil(change, { context, authorities, open })));
    if (started.length < most && isSoon(change, context)) continue;
    for (const one of started.splice(0)) {
      const credential = outcome(await one);
      if (credential.spec.kind === 'authority') authorities.set(credential.spec.name, credential);
      yield credential;
    }
  }
  for (const one of started) yield outcome(await one);
}

/** Leaves that are signed together. */
const most = 16;

/** Whether it can wait for others: a leaf that this process makes at once. What comes after an authority may need it. */
function isSoon({ spec, kept }: Keyed, { issuers }: SignContext): boolean {
  return kept === undefined && issuers === undefined && spec.kind === 'leaf' && !spec.keys.startsWith('rsa');
}

type Signing = {
  readonly context: SignContext;
  readonly authorities: ReadonlyMap<string, Credential>;
  open(authority: Credential): Promise<Issuer>;
};

async function fulfil({ spec, kept, key, again }: Keyed, { context, authorities, open }: Signing): Promise<Credential> {
  if (spec.kind === 'keypair') return kept ?? { spec, ...(key ? { key } : {}), made: true };
  const issuer = issuerOf(spec, { plan: context.plan, authorities });
  const chain = chainOf(issuer, { plan: context.plan, authorities });
  if (kept !== undefined) return chain.length > 0 ? { ...kept, chain } : kept;
  if (key === undefined) throw new Error(`${spec.id} has no key`);
  const { certificate, cut } = await make(spec, { key, issuer, again: again?.certificate, context, open });
  return { spec, certificate, key, made: true, ...(chain.length > 0 ? { chain } : {}), ...(cut ? { cut } : {}) };
}

async function make(
  spec: AuthoritySpec | LeafSpec,
  {
    key,
    issuer,
    again,
    context,
    open,
  }: {
    readonly key: Key;
    readonly issuer: Credential | undefined;
    readonly again: Certificate | undefined;
    readonly context: SignContext;
    open: Signing['open'];
  },
) {
  const { plan, now, random } = context;
  const request = {
    template: template(spec, plan),
    key,
    now,
    random,
    name: spec.id,
    // What an authority signed names it as it was.
    ...(spec.kind === 'authority' && again !== undefined ? { again } : {}),
  };
  if (issuer === undefined) return selfSigned(request);
  return (await open(issuer)).issue(request);
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

async function openIssuer(authority: Credential, { issuers }: SignContext): Promise<Issuer> {
  const other = await issuers?.(authority);
  if (other !== undefined) return other;
  const { certificate, key, spec } = authority;
  if (certificate === undefined || key?.privateKey === undefined) {
    throw keyMissing([spec.id]);
  }
  return localIssuer({ certificate, signer: softwareSigner(key) });
}
