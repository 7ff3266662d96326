// Projects of other people: two examples, and what `npm create kubepki` makes.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { programOf } from './prepared.ts';
import { run, tryRun } from './run.ts';
import { blocks, creations, type Strangers, strangers, unpack } from './strangers.ts';
import { root } from './workspace.ts';

let all: Strangers;
test.before(async (t) => {
  t.timeout(300_000);
  all = await strangers();
});

const at = (...path: readonly string[]) => join(all.folder, ...path);
const read = (...path: readonly string[]) => readFileSync(at(...path), 'utf8');
const metricsServer = 'kubepki-component-metrics-server';

for (const { kind, folder } of creations) {
  test.serial(`a new ${kind} passes its tests, by the commands that are printed`, async (t) => {
    const commands = [...(all.printed[folder] ?? '').matchAll(/^ {2}(.+)$/gm)].map(([, command = '']) => command);
    t.deepEqual(commands.slice(0, 3), [`cd ${folder}`, 'npm install', 'npm test']);
    const { stdout } = await run('sh', ['-ec', commands.join('\n')], { cwd: all.folder });
    passed(t, stdout);
  });
}

test.serial('the package for metrics-server is built and passes its tests, and is packed without them', async (t) => {
  const cwd = at(metricsServer);
  passed(t, (await run('npm', ['test'], { cwd })).stdout);
  const { stdout } = await run('npm', ['pack', '--json'], { cwd });
  const [tarball = ''] = readdirSync(cwd).filter((name) => name.endsWith('.tgz'));
  t.true(stdout.includes('dist/index.d.ts'));
  t.notRegex(stdout, /\.test\.|tsconfig/);
  // From here on others have it as it is published.
  rmSync(at('node_modules', metricsServer));
  await unpack(join(cwd, tarball), at('node_modules', metricsServer));
});

test.serial('the custom generator makes a tar for each node by the rules of the house', async (t) => {
  const cwd = at('custom-generator');
  const { stdout, stderr } = await run('npm', ['start', '--silent', '--', 'out'], { cwd });
  t.regex(stdout, /^out: 15 credentials, read again from the tars and as planned\n$/);
  t.regex(stderr, /^1\/15 ca\n(.+\n)*15\/15 kubelet\/server@w-1\n$/);
  const tars = readdirSync(join(cwd, 'out'));
  t.deepEqual(tars, ['cluster.tar', 'node-cp-1.tar', 'node-w-1.tar']);
  for (const name of tars) t.is(statSync(join(cwd, 'out', name)).mode & 0o777, 0o600);
  const node = join(cwd, 'node');
  mkdirSync(node);
  await run('tar', ['-xf', join(cwd, 'out', 'node-cp-1.tar'), '-C', node]);
  const ca = join(node, 'etc/kubernetes/pki/ca.crt');
  for (const path of ['etc/kubernetes/pki/apiserver.crt', 'var/lib/kubelet/pki/kubelet-client-current.pem']) {
    await run('openssl', ['verify', '-x509_strict', '-CAfile', ca, join(node, path)]);
    const { stdout: text } = await run('openssl', ['x509', '-noout', '-text', '-in', join(node, path)]);
    t.regex(text, /Public-Key: \(3072 bit\)/);
  }
  const ends = (seconds: number) => tryRun('openssl', ['x509', '-noout', '-checkend', `${seconds}`, '-in', ca]);
  t.is((await ends(89 * 86_400)).code, 0);
  t.is((await ends(90 * 86_400)).code, 1);
});

test.serial(
  'the custom generator refuses names that are not of the house, with the reason, and makes nothing',
  async (t) => {
    const cwd = at('custom-generator');
    const { code, stderr } = await tryRun('npm', ['start', '--silent', '--', 'foreign', 'api.example.com'], { cwd });
    t.is(code, 65);
    t.regex(stderr, /apiserver@cp-1: api\.example\.com is not under k8s\.example\.internal/);
    t.regex(stderr, /hint: we hold no other domain/);
    t.false(readdirSync(cwd).some((name) => name.startsWith('foreign')));
  },
);

/** A folder with the config and the cluster file that a plugin's readme shows. */
function byReadme(plugin: string): string {
  const readme = read(plugin, 'README.md');
  const cwd = at(`use-${plugin}`);
  mkdirSync(cwd, { recursive: true });
  writeFileSync(join(cwd, 'kubepki.config.mjs'), blocks(readme, 'js').join('\n'));
  const [cluster = 'nodes: [{ name: cp-1, addresses: [10.0.0.11] }]\n'] = blocks(readme, 'yaml');
  writeFileSync(join(cwd, 'cluster.yaml'), cluster);
  return cwd;
}
const kubepki = (cwd: string, ...args: readonly string[]) =>
  tryRun(process.execPath, [programOf(at('node_modules', 'kubepki')), ...args], { cwd });

test.serial('kubepki makes what the readme of the package for metrics-server says', async (t) => {
  const cwd = byReadme(metricsServer);
  const made = await kubepki(cwd, 'generate');
  t.is(made.code, 0, made.stderr);
  const manifests = join(cwd, 'pki', 'current', 'manifests');
  t.true(readdirSync(join(manifests, 'secrets', 'monitoring')).includes('metrics-server-tls.yaml'));
  const { spec } = JSON.parse(readFileSync(join(manifests, 'metrics-server-apiservice.json'), 'utf8'));
  t.deepEqual(spec.service, { name: 'metrics-server', namespace: 'monitoring', port: 443 });
  const ca = readFileSync(join(cwd, 'pki', 'current', 'authorities', 'ca.crt'), 'utf8');
  t.is(Buffer.from(spec.caBundle, 'base64').toString(), ca);
});

test.serial("a third party's options are in the schema of the cluster file, and checked by it", async (t) => {
  const cwd = byReadme(metricsServer);
  const { stdout } = await kubepki(cwd, 'schema');
  t.true(stdout.includes('The namespace that metrics-server runs in.'));
  t.true(stdout.includes('groupPriorityMinimum of the APIService.'));
  const text = readFileSync(join(cwd, 'cluster.yaml'), 'utf8');
  writeFileSync(join(cwd, 'cluster.yaml'), text.replace('{ namespace:', '{ namespce:'));
  const { code, stderr } = await kubepki(cwd, 'plan');
  t.is(code, 65);
  t.regex(stderr, /namespce.*\n?.*did you mean namespace/);
});

test.serial("a third party's options are typed in a config", async (t) => {
  copyFileSync(join(root, 'packaging', 'consumer', 'kubepki.config.ts'), at('kubepki.config.ts'));
  const options = [
    '--ignoreConfig',
    '--noEmit',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2023',
    '--types',
    'node',
  ];
  const checked = await tryRun(at('node_modules', '.bin', 'tsc'), [...options, 'kubepki.config.ts'], { cwd: at() });
  t.deepEqual([checked.stdout, checked.code], ['', 0]);
});

for (const { kind, name, folder } of creations) {
  if (kind === 'generator') continue;
  test.serial(`kubepki uses a new ${kind} as its readme says`, async (t) => {
    const { code, stdout, stderr } = await kubepki(byReadme(folder), 'plan', '--json');
    t.is(code, 0, stderr);
    t.true(stdout.includes(kind === 'component' ? `${name}/server@cp-1` : `etc/${name}/certs/apiserver.pem`));
  });
}

function passed(t: ExecutionContext, stdout: string): void {
  t.regex(stdout, /^(#|ℹ) pass [1-9]/m);
  t.regex(stdout, /^(#|ℹ) fail 0$/m);
}
