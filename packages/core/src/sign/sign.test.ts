import { randomBytes } from 'node:crypto';
import test from 'ava';
import type { Credential } from '../credential.ts';
import { PkiError } from '../error.ts';
import { type Key, type Keyed, softwareKeys } from '../keys/index.ts';
import type { Plan } from '../plan/plan.ts';
import type { LeafSpec } from '../plan/spec.ts';
import { smallPlan } from '../testing/small.ts';
import { type Issuer, localIssuer, type SignContext, sign, softwareSigner } from './index.ts';

const now = new Date('2026-06-01T12:00:00Z');
const source = softwareKeys();
const small = smallPlan();
const server = small.specs.find((spec): spec is LeafSpec => spec.id === 'x@a') as LeafSpec;
const keys = 'rsa-2048';
const ca = small.specs.filter(({ kind }) => kind === 'authority');

/** The small plan with so many servers in the place of its own. */
function planOf(count: number, change: (index: number) => Partial<LeafSpec> = () => ({})): Plan {
  const servers = Array.from({ length: count }, (_, index) => ({ ...server, id: `x@${index}`, ...change(index) }));
  return { ...small, specs: [...ca, ...servers] };
}

async function* keyed({ specs }: Plan): AsyncGenerator<Keyed> {
  for (const spec of specs) {
    if (spec.kind === 'elsewhere') continue;
    const key: Key = await source.make({ id: spec.id, algorithm: spec.keys });
    yield { spec, reasons: ['new'], key };
  }
}

async function made(plan: Plan, more: Partial<SignContext> = {}): Promise<{ ids: string[]; error?: unknown }> {
  const ids: string[] = [];
  try {
    for await (const { spec } of sign(keyed(plan), { plan, now, random: randomBytes, ...more })) ids.push(spec.id);
    return { ids };
  } catch (error) {
    return { ids, error };
  }
}

for (const count of [0, 1, 15, 16, 17, 40]) {
  test(`An authority and ${count} servers come in the order of the plan`, async (t) => {
    const plan = planOf(count);
    const { ids, error } = await made(plan);
    t.is(error, undefined);
    t.deepEqual(
      ids,
      plan.specs.map(({ id }) => id),
    );
  });
}

test('Servers of an authority whose signatures are waited for come in the order of the plan', async (t) => {
  const plan = planOf(20);
  const slow: Plan = {
    ...plan,
    specs: plan.specs.map((spec) => (spec.kind === 'authority' ? { ...spec, keys } : spec)),
  };
  const { ids, error } = await made(slow);
  t.is(error, undefined);
  t.deepEqual(
    ids,
    plan.specs.map(({ id }) => id),
  );
});

test('What stands before a server that cannot be signed is there, and of two such ones the first is told', async (t) => {
  const wrong = { sans: { dns: ['a..b'], ips: [] } };
  const { ids, error } = await made(planOf(40, (index) => (index === 20 || index === 22 ? wrong : {})));
  t.deepEqual(ids, ['ca', ...Array.from({ length: 20 }, (_, index) => `x@${index}`)]);
  if (!(error instanceof PkiError)) return t.fail(`${error}`);
  t.is(error.code, 'LINT_FAILED');
  t.regex(error.message, /^x@20: /);
});

test('An issuer that is not of this process is asked for one at a time', async (t) => {
  let [under, most] = [0, 0];
  const issuers = async ({ certificate, key }: Credential): Promise<Issuer | undefined> => {
    if (certificate === undefined || key === undefined) return undefined;
    const real = localIssuer({ certificate, signer: softwareSigner(key) });
    return {
      certificate,
      async issue(request) {
        most = Math.max(most, ++under);
        const issued = await real.issue(request);
        under -= 1;
        return issued;
      },
    };
  };
  const { ids } = await made(planOf(20), { issuers });
  t.is(ids.length, 21);
  t.is(most, 1);
});
