import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import test, { type ExecutionContext } from 'ava';
import { type Desk, desk, one, two } from './testing/program.ts';

const [first, second] = two.nodes;
const node = (fields: object) => ({ nodes: [{ ...one.nodes[0], ...fields }] });

/** A title, the cluster file, and what its error says. */
const files: Record<string, [file: unknown, says: RegExp]> = {
  'an unknown field': [{ ...one, controlPlaneEndpiont: 'x' }, /controlPlaneEndpoint/],
  'an unknown component': [{ ...one, components: { schedular: false } }, /scheduler/],
  'a duplicate node': [{ ...two, nodes: [first, second, first] }, /cp-1/],
  'a bad address': [node({ addresses: ['10.0.0.256'] }), /nodes\[0\]\.addresses\[0\]/],
  'a bad subnet': [{ ...one, serviceSubnets: ['10.96.0.1/12'] }, /serviceSubnets\[0\]/],
  'a node name that no kubelet may have': [node({ name: 'CP_1' }), /nodes\[0\]\.name/],
  'a common name over 64 bytes': [node({ name: 'n'.repeat(60) }), /64/],
  'an endpoint without a host': [{ ...one, controlPlaneEndpoint: ':6443' }, /controlPlaneEndpoint/],
  'an unknown version': [{ ...one, kubernetesVersion: '1.12' }, /kubernetesVersion/],
  'a life of a leaf beyond its authority’s': [{ ...one, validity: { authorities: '30d', leaves: '1y' } }, /authorit/],
  'no control plane': [{ ...two, nodes: [second] }, /control-plane/],
  'a life that is no duration': [{ ...one, validity: { leaves: '1 year' } }, /validity\.leaves/],
  'a circle of authorities': [
    { ...one, authorities: { 'etcd/ca': 'front-proxy-ca', 'front-proxy-ca': 'etcd/ca' } },
    /leads back to itself/,
  ],
  'a use that nobody has': [{ ...one, authorities: { 'etcd/sever': 'ca' } }, /etcd\/sever/],
  'a file that two artifacts want': [
    { ...one, emitters: { rbac: { path: 'users/admin.conf' } } },
    /users\/admin\.conf.*two artifacts/,
  ],
  'an exception for nothing': [{ ...one, certificates: { apisrever: { validity: '1d' } } }, /apisrever/],
  'nothing in it': ['', /empty/],
  'what is no YAML': ['nodes: [', /cluster\.yaml:1/],
  'an alias bomb': [`a: &a [x]\n${'b: [*a, *a]\n'.repeat(5)}`, /alias|anchor/],
  '10 MB in it': [`# ${'x'.repeat(10 * 2 ** 20)}`, /1 MiB/],
};
for (const [what, [file, says]] of Object.entries(files)) {
  test(`A cluster file with ${what} is one clear error, and nothing is written`, async (t) => {
    const own = desk(t);
    own.write('cluster.yaml', file);
    await refused(t, own, { args: ['generate'], says, status: 65 });
  });
}

/** A title, the arguments, and what the error says. */
const words: Record<string, [args: string[], says: RegExp, env?: Record<string, string>]> = {
  'no command': [[], /no command/],
  'an unknown command': [['genrate'], /did you mean generate\?/],
  'an unknown option': [['plan', '--flag'], /did you mean --flags\?/],
  'an option of another command': [['plan', '--dry-run'], /belongs to generate/],
  'an option without its value': [['generate', '-f'], /--file/],
  'an empty value': [['generate', '-o', ''], /--output/],
  'an output called json': [['generate', '-o', 'json'], /did you mean --json\?/],
  'a stray word': [['generate', 'now'], /no argument "now"/],
  'a stray word from npm': [['foo'], /put `--` after start/, { KUBEPKI_VIA_NPM: '1' }],
  'an option that npm took': [
    ['generate'],
    /--dry-run[\s\S]*put `--` after start/,
    { KUBEPKI_VIA_NPM: '1', npm_config_dry_run: 'true' },
  ],
  'a private key': [['generate', '-f', '-----BEGIN PRIVATE KEY-----\nMIGH'], /^error: .* holds a private key$/m],
  'an unknown node': [['plan', '--flags', '--node', 'cp-2'], /did you mean cp-1\?/],
};
for (const [what, [args, says, env = {}]] of Object.entries(words)) {
  test(`Arguments with ${what} are wrong usage`, async (t) => {
    const own = desk(t);
    own.write('cluster.yaml', one);
    await refused(t, own, { args, says, status: 64, env });
  });
}

/** A title, and what stands where the output is to go. */
const places: Record<string, [make: (desk: Desk) => void, says: RegExp]> = {
  file: [({ write }) => write('pki', 'mine'), /pki is no folder/],
  'folder with other files': [
    ({ path }) => {
      mkdirSync(path('pki'));
      writeFileSync(path('pki/ca.crt'), 'mine');
      writeFileSync(path('pki/sa.key'), 'mine');
    },
    /ca\.crt, sa\.key[\s\S]*kubeadm/,
  ],
  'folder that anybody may write to': [
    ({ path }) => {
      mkdirSync(path('pki'));
      chmodSync(path('pki'), 0o777);
    },
    /chmod o-w/,
  ],
};
for (const [what, [make, says]] of Object.entries(places)) {
  test(`A ${what} is no place for the output`, async (t) => {
    const own = desk(t);
    own.write('cluster.yaml', one);
    make(own);
    await refused(t, own, { args: ['generate'], says, status: 65 });
  });
}

test('A cluster file that is missing names itself and what makes one', async (t) => {
  await refused(t, desk(t), { args: ['generate'], says: /cluster\.yaml[\s\S]*kubepki init/, status: 65 });
});

type Refusal = {
  readonly args: readonly string[];
  readonly says: RegExp;
  readonly status: number;
  readonly env?: Readonly<Record<string, string>>;
};

async function refused(t: ExecutionContext, own: Desk, { args, says, status, env = {} }: Refusal): Promise<void> {
  const before = own.look();
  const done = await own.kubepki(args, { env });
  t.deepEqual({ status: done.status, stdout: done.stdout }, { status, stdout: '' });
  t.regex(done.stderr, says);
  t.regex(done.stderr, /^error: /);
  t.deepEqual(own.look(), before);
}
