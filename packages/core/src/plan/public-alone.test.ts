import { generateKeyPairSync } from 'node:crypto';
import test from 'ava';
import { z } from 'zod';
import type { Cluster } from '../cluster/cluster.ts';
import { memoryTree } from '../emit/tree/index.ts';
import { PkiError } from '../error.ts';
import { generate } from '../pipeline.ts';
import { defineComponent, keyPair } from './component.ts';
import type { PlanInput } from './input.ts';
import { makePlan } from './make.ts';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const secret = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

const cluster: Cluster = {
  name: 'kubernetes',
  version: { minor: 37, patch: 2 },
  endpoint: { host: '10.0.0.10' },
  dnsDomain: 'cluster.local',
  serviceSubnets: ['10.96.0.0/12'],
  nodes: [],
  etcd: 'nodes',
};

function planOf(old: string, input: Partial<PlanInput> = {}) {
  const tokens = defineComponent({
    name: 'tokens',
    options: z.strictObject({}),
    *plan() {
      yield keyPair({ name: 'old', serves: ['sa'], keys: 'rsa-2048', publicKey: old });
      yield keyPair({ name: 'sa', serves: ['sa'] });
    },
  });
  return makePlan({
    cluster,
    components: [tokens()],
    profile: 'strict',
    keys: { authorities: 'ecdsa-p256', leaves: 'ecdsa-p256', serviceAccounts: 'ecdsa-p256' },
    validity: { authorities: 86_400, leaves: 3_600 },
    backdate: 300,
    ...input,
  });
}

test('A key of which the public half alone is here is trusted beside the one that signs, and no key is made for it', async (t) => {
  const plan = planOf(pem);
  t.deepEqual(plan.uses, { sa: { signs: 'sa', trusts: ['sa', 'old'] } });
  const layout = {
    path: () => undefined,
    shared: () => undefined,
    installed: () => undefined,
    folderMode: () => 0o700,
  };
  const seen: Record<string, unknown> = {};
  for await (const { spec, key, made } of generate({ plan, emitters: [], layout, tree: memoryTree() })) {
    seen[spec.id] = [made, key?.secret !== undefined, key?.publicKey.equals(publicKey)];
  }
  t.deepEqual(seen, { old: [false, false, true], sa: [true, true, false] });
});

const refuses = test.macro((t, old: string, input: Partial<PlanInput>, ...messages: string[]) => {
  const error = t.throws(() => planOf(old, input), { instanceOf: PkiError, code: 'PLAN_INVALID' });
  t.deepEqual(
    error?.problems.map(({ message }) => message),
    messages,
  );
  t.false(JSON.stringify(error?.problems).includes('PRIVATE KEY-----'));
});

const wrong = 'component tokens: its public key is no PUBLIC KEY in PEM of the kind rsa-2048';
test('A private key is no public one', refuses, secret, {}, wrong);
test('Two keys are not one', refuses, pem + pem, {}, wrong);
test('A text is no key', refuses, 'sa.pub', {}, wrong);
test(
  'A key of another kind is not what is planned',
  refuses,
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  {},
  wrong,
);
test(
  'A key without its private half signs nothing',
  refuses,
  pem,
  { uses: () => ({ sa: { signs: 'old', trusts: ['old', 'sa'] } }) },
  'old signs nothing: its private half is not here',
);
