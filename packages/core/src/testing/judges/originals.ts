import { randomBytes } from 'node:crypto';
import { type Algorithm, type Key, softwareKeys } from '../../keys/index.ts';
import type { Plan } from '../../plan/plan.ts';
import type { AuthoritySpec, LeafSpec } from '../../plan/spec.ts';
import type { Certificate, Signer, Template } from '../../sign/certificate.ts';
import { localIssuer, selfSigned, softwareSigner, template } from '../../sign/index.ts';
import { wholePlan } from '../whole-plan.ts';

/** A certificate that was issued as a plan has it, and what it takes to sign it once more. */
export type Original = {
  readonly what: string;
  readonly template: Template;
  readonly keys: Algorithm;
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  readonly signer: Signer;
  readonly usage: 'server' | 'client' | 'any';
};

/** The kind of an authority's keys, and of the keys that it signs. */
const kinds = [
  ['ecdsa-p256', 'ecdsa-p256'],
  ['ecdsa-p384', 'rsa-2048'],
  ['rsa-2048', 'ecdsa-p384'],
  ['ed25519', 'ed25519'],
] as const;

/** Leaves of each kind and an authority below another, of both profiles and several algorithms. */
export async function originals(now: Date): Promise<readonly Original[]> {
  const keys = new Map<Algorithm, Key>();
  for (const algorithm of ['ecdsa-p256', 'ecdsa-p384', 'rsa-2048', 'ed25519'] as const)
    keys.set(algorithm, await softwareKeys().make({ id: algorithm, algorithm }));
  const made: Original[] = [];
  for (const profile of ['strict', 'kubeadm'] as const) {
    for (const [authorities, leaves] of kinds) {
      const plan = wholePlan({ profile, keys: { authorities, leaves, serviceAccounts: 'ecdsa-p256' } });
      for await (const one of ofPlan(plan, { keys, now })) made.push(one);
    }
  }
  return made;
}

type Making = { readonly keys: ReadonlyMap<Algorithm, Key>; readonly now: Date };

async function* ofPlan(plan: Plan, { keys, now }: Making): AsyncGenerator<Original> {
  const specs = plan.specs.filter((spec) => spec.kind === 'authority' || spec.kind === 'leaf');
  // Authorities begin a day earlier, so that a mutant can begin earlier than it was to.
  const before = new Date(now.getTime() - 86_400_000);
  const common = { random: (length: number) => randomBytes(length) };
  const root = specs.find(({ name }) => name === 'root') as AuthoritySpec;
  const key = keys.get(root.keys) as Key;
  const { certificate: issuer } = await selfSigned({ ...common, template: template(root, plan), key, now: before });
  const signer = softwareSigner(key);
  for (const spec of specs) {
    if (spec.kind === 'authority' && spec.issuer === undefined) continue;
    // All are signed by the one root: whose uses these are is of no matter here.
    const { uses: _, ...its } = template(spec, plan);
    const key = keys.get(spec.keys) as Key;
    const { certificate } = await localIssuer({ certificate: issuer, signer }).issue({
      ...common,
      template: its,
      key,
      now,
    });
    const what = `${plan.profile} ${spec.id} ${root.keys} over ${spec.keys}`;
    yield { what, template: its, keys: spec.keys, certificate, issuer, signer, usage: usageOf(spec) };
  }
}

function usageOf(spec: AuthoritySpec | LeafSpec): Original['usage'] {
  if (spec.kind === 'authority') return 'any';
  return spec.usages.includes('server') ? 'server' : 'client';
}
