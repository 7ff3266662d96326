import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  authorityOf,
  certificatePem,
  type existingTree,
  type Issuer,
  type LeafSpec,
  localIssuer,
  type Plan,
  type Spec,
  selfSigned,
  softwareKeys,
  softwareSigner,
  type Template,
  template,
} from '@kubepki/core';

/** A plan, and what there is of it. */
export type Tree = { readonly plan: Plan; readonly find: ReturnType<typeof existingTree>['find'] };

type Pair = { readonly cert: string; readonly key?: string };

/** Of another authority of the same name; or of the true one, but over, or still to begin, or under another name. */
export type Kind = 'stranger' | 'expired' | 'early' | 'renamed';

/** A spec's certificate and key as there are. */
export async function pemOf(spec: Spec, { find }: Tree): Promise<Pair> {
  const { certificate, key } = await find(spec);
  if (certificate === undefined) throw new Error(`${spec.id} has no certificate`);
  return { cert: certificatePem(certificate.der), ...(key?.secret && { key: key.secret.reveal() }) };
}

/** Makes certificates that are like a leaf's and not to be accepted, each once. */
export function impostors(tree: Tree): (leaf: LeafSpec, kind: Kind) => Promise<Pair> {
  const made = new Map<string, Promise<Pair>>();
  return (leaf, kind) => {
    const name = `${kind} ${leaf.id}`;
    const known = made.get(name) ?? make(leaf, { kind, tree });
    made.set(name, known);
    return known;
  };
}

const day = 86_400_000;

async function make(leaf: LeafSpec, { kind, tree }: { readonly kind: Kind; readonly tree: Tree }): Promise<Pair> {
  const issuer = await issuerOf(leaf, { kind, tree });
  const key = await softwareKeys().make({ id: leaf.id, algorithm: leaf.keys });
  const now = new Date(Date.now() + (kind === 'early' ? day : 0));
  const request = { template: templateOf(leaf, { kind, tree }), key, now, random: randomBytes };
  const { certificate } = await issuer.issue(request);
  // The second in which it was made was its last.
  if (kind === 'expired') await sleep(1500);
  return { cert: certificatePem(certificate.der), key: key.secret?.reveal() ?? '' };
}

function templateOf(leaf: LeafSpec, { kind, tree }: { readonly kind: Kind; readonly tree: Tree }): Template {
  const planned = template(leaf, tree.plan);
  if (kind === 'renamed') return { ...planned, subject: [{ type: 'CN', value: 'somebody-else' }] };
  const { life } = planned;
  return kind === 'expired' ? { ...planned, life: { ...life, validity: life.backdate + 1 } } : planned;
}

async function issuerOf(leaf: LeafSpec, { kind, tree }: { readonly kind: Kind; readonly tree: Tree }): Promise<Issuer> {
  const authority = authorityOf(tree.plan, leaf);
  if (authority === undefined) throw new Error(`${leaf.id} has no authority`);
  if (kind === 'stranger') {
    const key = await softwareKeys().make({ id: 'stranger', algorithm: authority.keys });
    const request = { template: template(authority, tree.plan), key, now: new Date(), random: randomBytes };
    return localIssuer({ ...(await selfSigned(request)), signer: softwareSigner(key) });
  }
  const { certificate, key } = await tree.find(authority);
  if (certificate === undefined || key === undefined) throw new Error(`${authority.id} is not there`);
  return localIssuer({ certificate, signer: softwareSigner(key) });
}
