// What may know what: the folders are stages and kinds of plugin, and these tests keep them apart.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import test from 'ava';
import { isPlugin, type Package, packages, root } from './workspace.ts';

type Source = {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
  readonly of: Package;
};

const everything = packages.flatMap(sourcesOf);
const sources = everything.filter(({ path }) => !/\.test\.ts$|\/testing\//.test(path));
const own = (name: string) => packages.some((one) => one.name === name);
const core = sources.filter(({ of }) => of.name === '@kubepki/core');

test('core imports no other package of this repository', (t) => {
  t.true(core.length > 50);
  none(core, (name) => own(name), 'core knows no plugin, and nothing that stands on it');
  t.pass();
});

test('a plugin imports core, zod and Node alone, and one that reads what others wrote yaml', (t) => {
  const plugins = sources.filter(({ of }) => isPlugin(of));
  t.true(plugins.length > 15);
  const allowed = ['@kubepki/core', 'zod', 'yaml'];
  none(plugins, (name) => !allowed.includes(name), 'a plugin stands on core and zod, so that anyone can write one');
  t.pass();
});

test('the testkit imports what a plugin does', (t) => {
  const testkit = sources.filter(({ of }) => of.name === '@kubepki/testkit');
  none(testkit, (name) => !['@kubepki/core', 'zod'].includes(name), 'a suite for all plugins knows none');
  t.pass();
});

test('what is imported is a dependency, by its own name', (t) => {
  for (const source of sources) {
    const { dependencies = {}, peerDependencies = {} } = source.of.manifest;
    const allowed = new Set([...Object.keys(dependencies), ...Object.keys(peerDependencies), source.of.name]);
    none([source], (name) => !allowed.has(name), `${source.of.name}'s package.json has it not among its dependencies`);
  }
  const deep = sources.flatMap(({ path, imports }) =>
    imports.filter((one) => own(packageOf(one) ?? '') && !own(one)).map((one) => `${path}: ${one}`),
  );
  t.deepEqual(deep, []);
});

test('an import by a path stays inside of its package', (t) => {
  const outside = everything.flatMap(({ path, imports, of }) =>
    imports
      .filter((one) => one.startsWith('.') && !join(root, dirname(path), one).startsWith(of.folder + sep))
      .map((one) => `${path}: ${one}`),
  );
  t.deepEqual(outside, []);
});

test('one folder alone imports pkijs and asn1js', (t) => {
  const others = everything.filter(({ path }) => !path.startsWith('packages/core/src/sign/x509/'));
  none(others, (name) => ['pkijs', 'asn1js'].includes(name), 'only packages/core/src/sign/x509 does');
  t.pass();
});

test('nothing but an app prints or ends the process', (t) => {
  const library = sources.filter(({ path }) => path.startsWith('packages/'));
  const printing = library.flatMap(({ path, text }) =>
    text
      .split('\n')
      .map((line, index) => ({ line, at: `${path}:${index + 1}` }))
      .filter(({ line }) => !/^\s*(\/\/|\*|\/\*)/.test(line))
      .filter(({ line }) => /\bconsole\.|\bprocess\.(stdout|stderr|exit|exitCode|abort|kill)\b|\bdebugger\b/.test(line))
      .map(({ line, at }) => `${at}: ${line.trim()}`),
  );
  t.deepEqual(printing, []);
});

// What Kubernetes itself calls so, or what a word means beside a plugin's name.
const meanings: Readonly<Record<string, string>> = {
  'cluster/cluster.ts etcd': 'a role of a machine',
  'cluster/name.ts admin': 'an identity that a person may not be given',
  'cluster/name.ts super-admin': 'an identity that a person may not be given',
  'cluster/name.ts front-proxy-client': 'an identity that a person may not be given',
  'emit/affected.ts kubeconfig': 'a form in which Kubernetes reads a client',
  'emit/file.ts kubeconfig': 'a form in which Kubernetes reads a client',
  'plan/check-spec.ts kubeconfig': 'a form in which Kubernetes reads a client',
  'plan/spec.ts kubeconfig': 'a form in which Kubernetes reads a client',
  'plan/needs.ts kubeconfig': 'a form in which Kubernetes reads a client',
  'emit/tree/folder.ts etcd': "a folder by which kubeadm's tree is known",
  'plan/select.ts kubelet/client': "kubeadm's spelling of it is kubelet.conf",
};

test('core knows no plugin by its name', (t) => {
  const names = sources
    .filter(({ of, path }) => isPlugin(of) && path.endsWith('/src/index.ts'))
    .flatMap(({ text }) => [...text.matchAll(/\bname: '([^']+)'/g)].map(([, name = '']) => name));
  t.true(names.includes('apiserver') && names.includes('filesystem'));
  // A use belongs to Kubernetes, and may have the name of what a component makes for it.
  const uses = /^(sa|(cluster|kubelet|etcd|front-proxy|konnectivity)\/(client|server|peer))$/;
  const known = core.flatMap(({ path, text }) =>
    [...withoutComments(text).matchAll(/(['"`])([a-z][a-z/-]*)\1/g)]
      .map(([, , word = '']) => word)
      .filter((word) => names.includes(word) || /^(component|emitter|signer)-/.test(word))
      .filter((word) => !uses.test(word) || word === 'kubelet/client')
      .map((word) => `${path.slice('packages/core/src/'.length)} ${word}`),
  );
  t.deepEqual(
    [...new Set(known)].filter((one) => meanings[one] === undefined),
    [],
  );
});

function none(among: readonly Source[], bad: (name: string) => boolean, rule: string): void {
  const found = among.flatMap(({ path, imports }) =>
    imports
      .map((one) => packageOf(one))
      .filter((name) => name !== undefined && bad(name))
      .map((name) => `${path} imports ${name}`),
  );
  assert.deepEqual(found, [], rule);
}

/** The package that an import names; nothing for a path, or for a part of Node. */
function packageOf(specifier: string): string | undefined {
  if (specifier.startsWith('.') || specifier.startsWith('node:')) return undefined;
  return /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0];
}

function sourcesOf(of: Package): readonly Source[] {
  return readdirSync(join(of.folder, 'src'), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => {
      const text = readFileSync(file, 'utf8');
      const imports = [...text.matchAll(/(?<!')(?:\bfrom|\bimport|\bimport\(|\brequire\() ?'([^'\n]+)'/g)].map(
        ([, name = '']) => name,
      );
      return { path: relative(root, file).replaceAll(sep, '/'), text, imports, of };
    });
}

function withoutComments(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '')
    .replace(/\s\/\/ .*$/gm, '');
}
