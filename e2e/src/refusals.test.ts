import { fileURLToPath } from 'node:url';
import test from 'ava';
import { expected } from './harness/expected.ts';
import { generated } from './harness/generated.ts';
import { runBoot } from './harness/run.ts';
import { trialsOf } from './harness/trials.ts';
import { findParts, namespaceReason, skipReason } from './parts.ts';

const parts = findParts();
const reason = skipReason(parts, ['etcd', 'kube-apiserver', 'kubectl', 'kubelet']) ?? namespaceReason();
if (reason) console.log(`Nobody is refused by real parts: ${reason}`);
const booting = reason ? test.skip : test;
const example = (name: string) => fileURLToPath(new URL(`../../examples/${name}.yaml`, import.meta.url));

/** Boots a cluster, has every client try every server, and compares what the real parts say with what `verify` says. */
const agree = test.macro(async (t, cluster: string, wanted: Readonly<Record<string, string>>) => {
  const boot = generated(t, { parts, cluster });
  const { trials, verdicts } = await trialsOf(boot);
  const { trial = {}, limit = {}, ...rest } = await runBoot({ ...boot, trials });
  t.deepEqual(rest, expected(boot));
  t.deepEqual(agreeing(trial, verdicts), verdicts);
  t.like(trial, wanted);
  t.deepEqual(limit, limits(boot.hosts.length > 1));
  const refused = Object.values(trial).filter((verdict) => verdict.startsWith('refused')).length;
  t.log(`verify and the real parts agree on ${trials.length} connections, of which ${refused} are refused`);
});

/** A kubelet does not name those who may do what they ask. */
function agreeing(trial: Readonly<Record<string, string>>, verdicts: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(trial).map(([pair, is]) => {
      const verdict = verdicts[pair] ?? '';
      return [pair, is === 'accepted' && verdict.startsWith('user ') ? verdict : is];
    }),
  );
}

function limits(several: boolean): Readonly<Record<string, string>> {
  return {
    'a node and its own object': 'allowed',
    ...(several && { "a node and another node's object": 'forbidden' }),
    'the admin and all secrets': 'allowed',
    'the admin without the binding of its group': 'forbidden',
  };
}

booting(
  'Real parts accept and refuse what verify says, with an authority for each of the cluster, etcd and the front proxy',
  agree,
  example('cluster'),
  {
    'renamed front-proxy-client@cp-1 → apiserver@cp-1': 'refused: 401',
    'stranger admin → apiserver@cp-1': 'refused: 401',
    'apiserver-etcd-client@cp-1 → apiserver@cp-1': 'refused: 401',
    'front-proxy-client@cp-1 → apiserver@cp-2': 'front proxy',
    'apiserver-kubelet-client@cp-1 → etcd/server@cp-1': 'refused: handshake',
  },
);

booting('Real parts accept and refuse what verify says, with one authority for all', agree, example('simple'), {
  'kubelet/client@cp-1 → etcd/server@cp-1': 'accepted',
  'front-proxy-client@cp-1 → apiserver@cp-1': 'user front-proxy-client [], may speak for others',
});
