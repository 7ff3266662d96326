import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { planSchema } from '@kubepki/core';
import test from 'ava';
import { desk, one, two } from './testing/program.ts';

const json = async (own: ReturnType<typeof desk>, ...args: string[]) =>
  JSON.parse((await own.kubepki([...args, '--json'])).stdout);

test('plan --json is the plan and what follows from it', async (t) => {
  const own = desk(t);
  own.write('cluster.yaml', two);
  const { plan, certificates, files, warnings } = await json(own, 'plan');
  t.deepEqual(planSchema.parse(plan), plan);
  t.deepEqual(warnings, []);
  const apiserver = certificates.find(({ id }: { id: string }) => id === 'apiserver@cp-1');
  t.is(apiserver.authority, 'ca');
  t.deepEqual(apiserver.template.extendedKeyUsage, ['serverAuth']);
  t.deepEqual(apiserver.files, [
    'nodes/cp-1/etc/kubernetes/pki/apiserver.crt',
    'nodes/cp-1/etc/kubernetes/pki/apiserver.key',
  ]);
  t.true(
    files.some(({ path, mode }: { path: string; mode: string }) => path === 'authorities/ca.key' && mode === '0600'),
  );
});

test('schema prints the JSON Schema that lies beside the examples', async (t) => {
  const { stdout } = await desk(t).kubepki(['schema']);
  const path = new URL('../../../examples/cluster.schema.json', import.meta.url);
  t.is(stdout, readFileSync(path, 'utf8'), 'write it anew: kubepki schema > examples/cluster.schema.json');
});

test('plan --flags --json is each process of each node with its flags and settings', async (t) => {
  const own = desk(t);
  own.write('cluster.yaml', two);
  const { processes, ...rest } = await json(own, 'plan', '--flags');
  t.deepEqual(rest, {});
  for (const process of processes) t.deepEqual(Object.keys(process), ['node', 'process', 'flags', 'settings']);
  const find = (node: string, name: string) =>
    processes.find((one: { node: string; process: string }) => one.node === node && one.process === name);
  t.is(find('cp-1', 'kube-apiserver').flags['--tls-cert-file'], '/etc/kubernetes/pki/apiserver.crt');
  t.is(find('w-1', 'kubelet').settings.tlsCertFile, '/var/lib/kubelet/pki/kubelet.crt');
  t.is(find('w-1', 'etcd'), undefined);
  const alone = await json(own, 'plan', '--flags', '--node', 'w-1');
  t.deepEqual([...new Set(alone.processes.map(({ node }: { node: string }) => node))], ['w-1']);
});

test('plan says for people what a certificate is, who talks to whom, and what to paste', async (t) => {
  const own = desk(t);
  own.write('cluster.yaml', two);
  const plan = await own.kubepki(['plan']);
  t.regex(
    plan.stdout,
    /apiserver@cp-1 {2}server, signed by ca, ecdsa-p256, 36\dd\n +subject {2}CN=kube-apiserver\n +names .*api\.example\.com.*\n +files .*pki\/apiserver\.key/,
  );
  const { stdout } = await own.kubepki(['plan', '--connections']);
  t.regex(stdout, /^kubelet +kubelet\/client +apiserver +https:\/\/api\.example\.com:6443 +ca +ca$/m);
  const flags = await own.kubepki(['plan', '--flags', '--node', 'w-1']);
  t.regex(
    flags.stdout,
    /^# kubelet on w-1\n--kubeconfig=\/etc\/kubernetes\/kubelet\.conf\n# in the configuration file of kubelet:\nauthentication:\n {2}x509:\n {4}clientCAFile: "/,
  );
});

test('A plan of many nodes shows those that are alike once', async (t) => {
  const own = desk(t);
  const workers = Array.from({ length: 300 }, (_, index) => ({
    name: `w-${index}`,
    roles: ['worker'],
    addresses: [`10.1.${index >> 8}.${index & 255}`],
  }));
  own.write('cluster.yaml', { ...two, nodes: [two.nodes[0], ...workers] });
  const { stdout } = await own.kubepki(['plan']);
  t.regex(stdout, /and 299 more nodes like it: w-1, w-2, /);
  t.true(stdout.split('\n').length < 100);
  t.regex(stdout, /kubelet\/server@w-0 {2}server, signed by ca, ecdsa-p256, 35\d[dh\d]* to 36\d[dh\d]*$/m);
});

test('A plan of one node speaks of one node', async (t) => {
  const own = desk(t);
  own.write('cluster.yaml', one);
  t.regex((await own.kubepki(['plan'])).stdout, / files for 1 node; --json/);
});

test('With --json a failure is the one document on stdout', async (t) => {
  const own = desk(t);
  own.write('cluster.yaml', { ...one, name: '-', nodes: [] });
  for (const args of [['generate'], ['plan'], ['plan', '--nope'], ['nope']]) {
    const { status, stdout, stderr } = await own.kubepki([...args, '--json']);
    const { error, ...rest } = JSON.parse(stdout);
    t.deepEqual(rest, {});
    t.deepEqual(Object.keys(error), ['code', 'message', 'hint', 'problems']);
    t.is(status, args[1] === '--nope' || args[0] === 'nope' ? 64 : 65);
    t.true(stderr.startsWith(`error: ${error.message}`));
  }
});

test('Warnings go to stderr, and to the document of plan and generate', async (t) => {
  const own = desk(t);
  own.write('cluster.yaml', { ...one, authorities: 'single' });
  const plan = await own.kubepki(['plan', '--json']);
  t.is(plan.stderr, '');
  t.regex(JSON.parse(plan.stdout).warnings[0].where, /authorities\.ca/);
  const flags = await own.kubepki(['plan', '--flags', '--json']);
  t.regex(flags.stderr, /^warning: .*authorities\.ca/);
  t.notThrows(() => JSON.parse(flags.stdout));
});

test('--version and --help answer without loading the library', async (t) => {
  const own = desk(t);
  const version = await own.kubepki(['--version'], { env: { NODE_DEBUG: 'esm,module' } });
  t.regex(version.stdout, /^\d+\.\d+\.\d+\n$/);
  t.notRegex(version.stderr, /packages\/core|packages\/presets|zod/);
  for (const args of [['--help'], ['generate', '--help'], ['help', 'export']]) {
    const { status, stdout } = await own.kubepki(args);
    t.is(status, 0);
    t.regex(stdout, /examples:\n {2}kubepki /);
  }
});

test('There is no colour where there is no terminal, and nobody reading on is no crash', async (t) => {
  const own = desk(t);
  own.write('cluster.yaml', two);
  const { stdout } = await own.kubepki(['plan'], { env: { TERM: 'xterm-256color' } });
  t.false(stdout.includes('\u001b'));
  const { child, done } = own.start(['plan', '--json']);
  child.stdout.destroy();
  t.like(await done, { status: 0, stderr: '' });
});

test('init never overwrites, and - is stdout', async (t) => {
  const own = desk(t);
  own.write('cluster.yaml', 'mine');
  const { status, stderr } = await own.kubepki(['init']);
  t.is(status, 65);
  t.regex(stderr, /cluster\.yaml is there already/);
  t.is(own.read('cluster.yaml'), 'mine');
  const { stdout } = await own.kubepki(['init', '-']);
  t.is((await own.kubepki(['plan', '-f', '-'], { input: stdout })).status, 0);
});

test('Commands that are printed work as they stand', async (t) => {
  const own = desk(t);
  own.write('my cluster.yaml', two);
  const viaNpm = await own.kubepki(['generate', '-f', 'my cluster.yaml', '-o', "it's mine"], {
    env: { KUBEPKI_VIA_NPM: '1' },
  });
  t.true(viaNpm.stdout.includes("npm start --silent -- export w-1 -o 'it'\\''s mine' | ssh root@w-1 tar -xpC /\n"));
  t.true(viaNpm.stdout.includes("npm start --silent -- plan -f 'my cluster.yaml' --flags\n"));
  const line = /^ +kubectl .*apply.*$/m.exec(viaNpm.stdout)?.[0] ?? '';
  const paths = spawnSync('sh', ['-c', `kubectl() { ls "$2" "$5"; }; ${line}`], { cwd: own.cwd, encoding: 'utf8' });
  t.deepEqual(paths.stdout.trim().split('\n'), [
    "it's mine/current/manifests/rbac.yaml",
    "it's mine/current/users/super-admin.conf",
  ]);
});
