import { randomBytes } from 'node:crypto';
import test from 'ava';
import type { Credential } from '../../credential.ts';
import { memoryTree } from '../../emit/tree/memory.ts';
import { algorithms, type Key, type KeySource, softwareKeys } from '../../keys/index.ts';
import { generate } from '../../pipeline.ts';
import { type Plan, profileSchema } from '../../plan/plan.ts';
import { authorityOf } from '../../plan/uses.ts';
import { layout } from '../../testing/small.ts';
import { wholePlan } from '../../testing/whole-plan.ts';
import type { Certificate } from '../certificate.ts';
import { localIssuer, selfSigned } from '../issuer.ts';
import { softwareSigner } from '../signer.ts';
import { template } from '../template.ts';
import { type Finding, lintCertificate, waivers } from './index.ts';

const now = new Date('2026-06-01T12:00:00Z');
const made = new Map<string, Promise<Key>>();
/** One key of each kind, since RSA keys take long. */
const source: KeySource = {
  make({ algorithm, id }) {
    const key = made.get(algorithm) ?? softwareKeys().make({ algorithm, id });
    made.set(algorithm, key);
    return key;
  },
};

type Judged = { readonly id: string; readonly findings: readonly Finding[] };

/** Makes all that a plan has, and judges each certificate beside its issuer. */
async function judge(plan: Plan): Promise<readonly Judged[]> {
  const authorities = new Map<string, Credential>();
  const judged: Judged[] = [];
  for await (const credential of generate({ plan, emitters: [], layout, tree: memoryTree(), source, now })) {
    const { spec, certificate } = credential;
    if (spec.kind === 'keypair' || certificate === undefined) throw new Error(spec.id);
    if (spec.kind === 'authority') authorities.set(spec.name, credential);
    const issuer = authorities.get(authorityOf(plan, spec)?.name ?? '')?.certificate ?? 'self';
    const { uses, waives = [] } = template(spec, plan);
    judged.push({ id: spec.id, findings: lintCertificate(certificate.der, { issuer, uses, waives }) });
  }
  return judged;
}

for (const algorithm of algorithms) {
  const keys = { authorities: algorithm, leaves: algorithm, serviceAccounts: 'rsa-2048' } as const;

  test(`Nothing is found in what the profile strict makes with ${algorithm}`, async (t) => {
    const judged = await judge(wholePlan({ profile: 'strict', keys }));
    t.is(judged.length, 8);
    for (const { id, findings } of judged) t.deepEqual(findings, [], id);
  });

  test(`Only what it waives is found in what the profile kubeadm makes with ${algorithm}`, async (t) => {
    const judged = await judge(wholePlan({ profile: 'kubeadm', keys }));
    const found = judged.flatMap(({ findings }) => findings);
    t.true(found.length > judged.length);
    for (const finding of found) t.true(finding.waived, JSON.stringify(finding));
  });
}

test('A profile waives nothing that its certificates never break', async (t) => {
  t.deepEqual(Object.keys(waivers).sort(), [...profileSchema.options].sort());
  const day = 86_400;
  const plan = wholePlan({ profile: 'kubeadm', exceptions: { master: { validity: 365 * day } } });
  const judged = (await judge(plan)).flatMap(({ findings }) => findings);
  const late = await judgeAlone(plan, ({ notAfter }) => new Date(notAfter.getTime() - 1000));
  const soon = await judgeAlone(plan, ({ notBefore }) => notBefore);
  const found = new Set([...judged, ...late, ...soon].map(({ rule }) => rule));
  t.deepEqual([...found].sort(), waivers.kubeadm.map(({ rule }) => rule).sort());
});

/** What is found in a leaf that is made at another moment of its authority's life. */
async function judgeAlone(plan: Plan, moment: (issuer: Certificate) => Date): Promise<readonly Finding[]> {
  const [ca, leaf] = ['ca', 'etcd/server@a'].map((id) => plan.specs.find((spec) => spec.id === id));
  if (ca?.kind !== 'authority' || leaf?.kind !== 'leaf') throw new Error('the plan is another');
  const key = await source.make({ id: 'ca', algorithm: 'ecdsa-p256' });
  const given = { key, random: randomBytes };
  const { certificate: issuer } = await selfSigned({ ...given, template: template(ca, plan), now });
  const asked = { ...given, template: template(leaf, plan), now: moment(issuer) };
  const { certificate } = await localIssuer({ certificate: issuer, signer: softwareSigner(key) }).issue(asked);
  return lintCertificate(certificate.der, { issuer, waives: asked.template.waives ?? [] });
}
