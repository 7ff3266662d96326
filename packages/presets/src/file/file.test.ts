import { readdirSync, readFileSync } from 'node:fs';
import { defineComponent, durationField, PkiError, type Problem, sansField } from '@kubepki/core';
import test from 'ava';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { z } from 'zod';
import { clusterFile, clusterJsonSchema, readClusterFile, readYaml, starterFile } from './index.ts';

function* nothing() {}
const apiserver = defineComponent({
  name: 'apiserver',
  options: z.strictObject({ port: z.int().min(1).max(65_535).default(6443), sans: sansField }),
  plan: nothing,
});
const webhook = defineComponent({
  name: 'webhook',
  options: z.strictObject({ namespace: z.string(), life: durationField.default(60) }),
  plan: nothing,
});
const users = defineComponent({
  name: 'users',
  options: z.strictObject({ users: z.array(z.string()).default([]) }),
  plan: nothing,
});
const secrets = z.strictObject({ namespace: z.string().default('kube-system'), stream: z.boolean().default(false) });
const schema = clusterFile({ components: [apiserver, webhook, users], emitters: { secrets } });

/** The milliseconds that this process has computed, whatever else the machine does. */
const cpu = () => process.cpuUsage().user / 1_000;
const read = (text: string) => readClusterFile(text, { schema });
const node = 'nodes: [{name: cp-1, addresses: [10.0.0.11]}]\n';
const two = (more: string) => `nodes:\n  - {name: cp-1, roles: [control-plane], addresses: [10.0.0.11]}\n  - ${more}\n`;

function failure(text: string): PkiError {
  try {
    read(text);
  } catch (error) {
    if (error instanceof PkiError) return error;
    throw error;
  }
  throw new Error('it was read');
}

const refuses = test.macro(
  (t, text: string, ...expected: (Partial<Problem> & { readonly says: RegExp; readonly hints?: RegExp })[]) => {
    const error = failure(text);
    t.is(error.code, 'CLUSTER_FILE_INVALID');
    t.deepEqual(
      error.problems.map(({ where }) => where),
      expected.map(({ where }) => where ?? ''),
    );
    for (const [index, { says, hints, line }] of expected.entries()) {
      const problem = error.problems[index];
      t.regex(problem?.message ?? '', says);
      if (hints !== undefined) t.regex(problem?.hint ?? '', hints);
      if (line !== undefined) t.is(problem?.line, line);
    }
  },
);
const refusesYaml = test.macro((t, text: string, message: RegExp) => {
  const error = failure(text);
  t.is(error.code, 'YAML_INVALID');
  t.regex(error.message, message);
});
const warns = test.macro((t, text: string, ...warnings: RegExp[]) => {
  const found = read(text).warnings;
  t.is(found.length, warnings.length, JSON.stringify(found));
  for (const [index, warning] of warnings.entries())
    t.regex(`${found[index]?.where} ${found[index]?.message}`, warning);
});

test('three lines are a cluster of one node, and everything else has a default', (t) => {
  const { file, facts, warnings } = read('nodes:\n  - name: CP-1\n    addresses: [10.0.0.11]\n');
  t.deepEqual(facts, {
    name: 'kubernetes',
    version: { minor: 37, patch: 2 },
    endpoint: { host: '10.0.0.11' },
    dnsDomain: 'cluster.local',
    serviceSubnets: ['10.96.0.0/12'],
    nodes: [{ name: 'cp-1', roles: ['control-plane', 'worker'], ips: ['10.0.0.11'], names: [] }],
    etcd: 'nodes',
  });
  const { nodes, kubernetesVersion, ...choices } = file;
  t.deepEqual(choices, {
    name: 'kubernetes',
    dnsDomain: 'cluster.local',
    serviceSubnets: ['10.96.0.0/12'],
    etcd: 'nodes',
    authorities: 'separate',
    apiserverClients: { etcd: 'dedicated', kubelet: 'dedicated' },
    profile: 'strict',
    distribution: 'kubernetes',
    validity: { authorities: 315_360_000, leaves: 31_536_000, backdate: 300, renewBefore: 2_592_000 },
    certificates: {},
    layout: { tree: 'nodes', names: 'crt' },
    permissions: 'kubeadm',
    users: [],
    components: {},
    emitters: {},
  });
  t.deepEqual(warnings, []);
});

test('every field is read into what it means', (t) => {
  const { file, facts } = read(`
name: werk
kubernetesVersion: v1.33.11
controlPlaneEndpoint: "[FD00::99]:8443"
dnsDomain: Werk.Example
serviceSubnets: [10.96.0.0/12, "fd00:10:96::/112"]
etcd: {external: {endpoints: ["https://etcd-1.example", "[fd00::9]:2479"]}}
authorities: {etcd/ca: {certificate: etcd.crt}, front-proxy/client: ca}
apiserverClients: {etcd: serving}
profile: kubeadm
keys: rsa-2048
validity: {leaves: 90d}
certificates: {apiserver@cp-1: {sans: ["*.Example.com", "::ffff:10.0.0.9"], validity: 30d}, sa: {keys: rsa-4096}}
components: {apiserver: {port: 7443, sans: [a.example]}, webhook: false}
emitters: {secrets: true}
layout: {names: pem}
users: [{name: jane, groups: ["system:masters"]}, {name: joe, validity: 1h}]
nodes:
  - {name: cp-1, roles: [control-plane, control-plane], addresses: [10.0.0.11, "FD00::11", CP-1.example]}
  - {name: w-1, roles: [worker], addresses: [10.0.0.21, "fd00::21"]}
`);
  t.deepEqual(facts.version, { minor: 33, patch: 11 });
  t.deepEqual(facts.endpoint, { host: 'fd00::99', port: 8443 });
  t.deepEqual(facts.etcd, {
    external: [
      { host: 'etcd-1.example', port: 2379 },
      { host: 'fd00::9', port: 2479 },
    ],
  });
  t.deepEqual(facts.nodes[0], {
    name: 'cp-1',
    roles: ['control-plane'],
    ips: ['10.0.0.11', 'fd00::11'],
    names: ['cp-1.example'],
  });
  t.deepEqual(file.authorities, { 'etcd/ca': { certificate: 'etcd.crt' }, 'front-proxy/client': 'ca' });
  t.deepEqual(file.apiserverClients, { etcd: 'serving', kubelet: 'dedicated' });
  t.deepEqual(file.keys, { authorities: 'rsa-2048', leaves: 'rsa-2048', serviceAccounts: 'rsa-2048' });
  t.deepEqual(file.validity, { authorities: 315_360_000, leaves: 7_776_000, backdate: 300, renewBefore: 2_592_000 });
  t.deepEqual(file.certificates, {
    'apiserver@cp-1': { sans: { dns: ['*.example.com'], ips: ['10.0.0.9'] }, validity: 2_592_000 },
    sa: { keys: 'rsa-4096' },
  });
  t.deepEqual(file.components, { apiserver: { port: 7443, sans: ['a.example'] }, webhook: false });
  t.notThrows(() => apiserver.from(file.components?.apiserver));
  t.deepEqual(
    file.users.map(({ validity }) => validity),
    [2_592_000, 3_600],
  );
  t.deepEqual(file.layout, { tree: 'nodes', names: 'pem' });
});

test('a version without quotes means what is written', (t) => {
  t.deepEqual(read(`${node}kubernetesVersion: 1.30`).facts.version, { minor: 30, patch: 14 });
  t.deepEqual(read(`${node}kubernetesVersion: 1.30`).facts, read(`${node}kubernetesVersion: "1.30"`).facts);
  t.deepEqual(readYaml('a: 1.30', 'f').source(['a']), '1.30');
});

test('JSON is read as well', (t) => {
  const value = { nodes: [{ name: 'cp-1', addresses: ['10.0.0.11'] }], name: '\u{1f600}"é' };
  for (const indent of [0, 2, '\t']) t.is(read(JSON.stringify(value, null, indent)).facts.name, value.name);
  t.is(read(JSON.stringify(value).replace('\u{1f600}', '\\ud83d\\ude00')).facts.name, value.name);
});

test('the file to start from is three lines and comments, and each comment is right', (t) => {
  t.deepEqual(read(starterFile).facts, read(node).facts);
  const uncommented = starterFile.replace(/^#(?! \S)/gm, '');
  const { file, facts, warnings } = read(uncommented);
  t.deepEqual(
    warnings.map(({ message }) => message),
    ['cp-1 has no IPv6 address, and services have', 'w-1 has no IPv6 address, and services have'],
  );
  t.is(facts.endpoint.host, 'api.example.internal');
  t.is(file.users[0]?.name, 'jane');
  t.is(
    Object.keys(schema.shape).filter(
      (field) => !starterFile.includes(`${field}:`) && !['components', 'emitters'].includes(field),
    ).length,
    0,
  );
});

const examples = new URL('../../../../examples/', import.meta.url);
for (const name of readdirSync(examples).filter((file) => file.endsWith('.yaml'))) {
  test(`the example ${name} is read without a warning`, (t) => {
    const text = readFileSync(new URL(name, examples), 'utf8');
    t.deepEqual(read(text).warnings, []);
    t.true(text.startsWith('# yaml-language-server: $schema=./cluster.schema.json\n'));
  });
}

test(
  'an unknown field is named, with the near one',
  refuses,
  'node: []\nnmae: x\n',
  { where: 'node', line: 1, says: /unknown field/, hints: /did you mean nodes\?/ },
  { where: 'nmae', line: 2, says: /unknown/, hints: /did you mean name\?/ },
  { where: 'nodes', says: /missing: a list is needed/, hints: /machines of the cluster/ },
);
test('an unknown field in an option is named', refuses, `${node}components: {apiserver: {prot: 1}}`, {
  where: 'components.apiserver.prot',
  line: 2,
  says: /unknown field/,
  hints: /did you mean port\?/,
});
test('an unknown component is named', refuses, `${node}components: {api-server: true}`, {
  where: 'components.api-server',
  says: /unknown/,
  hints: /did you mean apiserver\?/,
});
test('a component at the left edge is sent to its place', refuses, `${node}webhook: {namespace: x}`, {
  where: 'webhook',
  says: /unknown/,
  hints: /belongs under components:/,
});
test('users under components are sent to their place', refuses, `${node}components: {users: []}`, {
  where: 'components.users',
  says: /unknown/,
  hints: /left edge/,
});
test('a word that is not known is met with those that are', refuses, `${node}authorities: seperate`, {
  where: 'authorities',
  says: /separate, single or a map is expected, found "seperate"/,
  hints: /did you mean separate\?/,
});
test('a switch that is a word is met with true', refuses, `${node}components: {apiserver: yes}`, {
  where: 'components.apiserver',
  says: /true, false or a map is expected, found "yes"/,
  hints: /write true/,
});
test('a component that cannot do without options says so', refuses, `${node}components: {webhook: true}`, {
  where: 'components.webhook',
  says: /not without its options: namespace/,
});
test(
  'a wrong value in an option is named by its path',
  refuses,
  `${node}components: {apiserver: {port: 70000, sans: [a_b]}}`,
  { where: 'components.apiserver.port', says: /at most 65535 expected, found 70000/ },
  { where: 'components.apiserver.sans[0]', says: /not a DNS name, found "a_b"/ },
);
test('a number where a text is expected is met with quotes', refuses, `${node}name: 12`, {
  where: 'name',
  says: /a text is expected, found 12/,
  hints: /quotes/,
});
test(
  'a text where a number is expected is met without quotes',
  refuses,
  `${node}components: {apiserver: {port: "6443"}}`,
  { where: 'components.apiserver.port', says: /a number is expected, found "6443"/, hints: /leave out the quotes/ },
);
test('a text where a list is expected is one problem', refuses, `${node}serviceSubnets: 10.96.0.0/12`, {
  where: 'serviceSubnets',
  says: /a list is expected/,
});
test('a field without a value is refused', refuses, `${node}users:\n`, {
  where: 'users',
  says: /a list is expected, found nothing/,
  hints: /leave out the line/,
});
test('a list instead of a map is refused', refuses, '- a\n', {
  where: 'the file',
  says: /a map is expected, found a list/,
});
test('an empty file is refused', refuses, '# nothing\n', { where: 'cluster.yaml', says: /empty/, hints: /init/ });
test('no node at all is refused', refuses, 'nodes: []', {
  where: 'nodes',
  says: /at least 1 entry expected, found an empty list/,
});
test(
  'everything that is wrong is reported at once',
  refuses,
  'name: 1\nnodes:\n- {name: a_b}\n- {name: a, rolls: [worker], addresses: [1.2.3.400]}\ndnsDomain: x.\nvalidity: {leaves: 20y}\n',
  { where: 'name', line: 1, says: /text/ },
  { where: 'nodes[0].name', line: 3, says: /kubelet/ },
  { where: 'nodes[1].addresses[0]', line: 4, says: /neither an IP address nor a DNS name, found "1.2.3.400"/ },
  { where: 'nodes[1].rolls', says: /unknown/, hints: /roles/ },
  { where: 'dnsDomain', says: /dot/, hints: /write x$/ },
  { where: 'validity.leaves', line: 6, says: /20y is longer than the life of the authorities, 10y/ },
);
test('two nodes of one name are refused', refuses, two('{name: CP-1, roles: [worker]}'), {
  where: 'nodes[1].name',
  line: 3,
  says: /cp-1 is the name of nodes\[0\]/,
});
test(
  'two nodes with one address are refused',
  refuses,
  two('{name: w-1, roles: [worker], addresses: ["::ffff:10.0.0.11"]}'),
  { where: 'nodes[1].addresses[0]', says: /10\.0\.0\.11 is an address of cp-1/ },
);
test(
  'a node whose address is the name of another is refused',
  refuses,
  two('{name: w-1, roles: [worker], addresses: [cp-1]}'),
  { where: 'nodes[1].addresses[0]', says: /name of another node/ },
);
test('a bad address is refused', refuses, 'nodes: [{name: a, addresses: [10.0.0.1/24]}]', {
  where: 'nodes[0].addresses[0]',
  says: /prefix length, found "10.0.0.1\/24"/,
  hints: /10\.0\.0\.1$/,
});
test('a bad subnet is refused', refuses, `${node}serviceSubnets: [10.96.0.1/12]`, {
  where: 'serviceSubnets[0]',
  says: /first address/,
  hints: /10\.96\.0\.0\/12/,
});
test('two subnets of one family are refused', refuses, `${node}serviceSubnets: [10.96.0.0/12, 10.112.0.0/12]`, {
  where: 'serviceSubnets[1]',
  says: /same family/,
});
test('three subnets are refused', refuses, `${node}serviceSubnets: [10.96.0.0/12, 10.112.0.0/12, 10.0.0.0/16]`, {
  where: 'serviceSubnets',
  says: /at most 2 entries/,
});
test(
  'a node name that no kubelet may have is refused',
  refuses,
  `nodes: [{name: ${'a'.repeat(53)}, addresses: [10.0.0.1]}]`,
  { where: 'nodes[0].name', says: /53 characters/ },
);
test('a common name over 64 bytes is refused', refuses, `${node}users: [{name: ${'a'.repeat(65)}}]`, {
  where: 'users[0].name',
  says: /65 bytes.*found "a{60}…"/,
});
test('an endpoint without a host is refused', refuses, `${node}controlPlaneEndpoint: ":6443"`, {
  where: 'controlPlaneEndpoint',
  says: /no host/,
});
test('an unknown version is refused', refuses, `${node}kubernetesVersion: 1.3`, {
  where: 'kubernetesVersion',
  says: /older than 1\.28.*found "1\.3"/,
});
test('no control plane is refused', refuses, 'nodes: [{name: a, roles: [worker]}]', {
  where: 'nodes',
  says: /control plane/,
});
test('several nodes need roles', refuses, two('{name: w-1, addresses: [10.0.0.21]}'), {
  where: 'nodes[1]',
  says: /w-1 has no roles/,
  hints: /worker/,
});
test('a control plane needs an IP address', refuses, 'nodes: [{name: a, addresses: [a.example]}]', {
  where: 'nodes[0].addresses',
  says: /no IP address/,
});
test('an etcd node needs an IP address', refuses, two('{name: e, roles: [etcd]}'), {
  where: 'nodes[1].addresses',
  says: /no IP address/,
});
test(
  'a member of an external etcd is refused',
  refuses,
  `${two('{name: e, roles: [etcd], addresses: [10.0.0.31]}')}etcd: external`,
  { where: 'nodes[1].roles', says: /etcd is external/ },
);
test(
  'names of people that the cluster has are refused',
  refuses,
  `${node}users: [{name: admin}, {name: super-admin}, {name: "system:x"}]`,
  { where: 'users[0].name', says: /already/ },
  { where: 'users[1].name', says: /already/ },
  { where: 'users[2].name', says: /system:/ },
);
test('two people of one name are refused', refuses, `${node}users: [{name: jane}, {name: Jane}]`, {
  where: 'users[1].name',
  says: /users\[0\]/,
});
test(
  'masters live for 30 days at most',
  refuses,
  `${node}users: [{name: jane, groups: ["system:masters"], validity: 31d}, {name: joe, groups: ["system:masters"]}]\ncertificates: {user/joe: {validity: 1y}}`,
  { where: 'users[0].validity', says: /31d is too long/ },
  { where: 'certificates["user/joe"].validity', says: /1y is too long/ },
);
test('a life of no length is refused', refuses, `${node}validity: {leaves: 0s}`, {
  where: 'validity.leaves',
  says: /no length/,
});
test('a life that is over when it begins is refused', refuses, `${node}validity: {leaves: 5m}`, {
  where: 'validity.backdate',
  says: /5m is not shorter/,
});
test('an exception for an unknown node is refused', refuses, `${node}certificates: {apiserver@cp-2: {validity: 1h}}`, {
  where: 'certificates["apiserver@cp-2"]',
  says: /no node is called cp-2/,
  hints: /cp-1/,
});
test('an exception whose name is none is refused', refuses, `${node}certificates: {"a b": {}}`, {
  where: 'certificates["a b"]',
  says: /neither NAME nor NAME@NODE/,
});
test('ed25519 is refused for service accounts, with the reason', refuses, `${node}keys: ed25519`, {
  where: 'keys',
  says: /RSA or ECDSA/,
  hints: /ecdsa-p256/,
});
test('an algorithm that is none is refused', refuses, `${node}keys: ecdsa-p265`, {
  where: 'keys',
  says: /found "ecdsa-p265"/,
  hints: /ecdsa-p256/,
});
test(
  'authorities that lead back to themselves are refused',
  refuses,
  `${node}authorities: {a: b, b: a}`,
  { where: 'authorities.a', says: /a → b → a/ },
  { where: 'authorities.b', says: /b → a → b/ },
);
test(
  'a key in the file instead of its path is refused and not shown',
  refuses,
  `${node}authorities: {ca: {certificate: x, key: "-----BEGIN PRIVATE KEY-----"}}`,
  { where: 'authorities.ca.key', says: /path of its file is expected, found a text$/ },
);

test('a key is not shown wherever it stands', refuses, `${node}name: "-----BEGIN PRIVATE KEY-----/"`, {
  where: 'name',
  says: /path, found a text$/,
});
test('a key is not shown where the name of a field stands', refuses, `${node}"-----BEGIN PRIVATE KEY-----": 1`, {
  where: '[…]',
  says: /^an unknown field$/,
});
test('what cannot be seen is shown as an escape', refuses, `${node}name: "a\\u202Eb\\x9B\\nc"`, {
  where: 'name',
  says: /found "a\\u\{202e\}b\\u\{9b\}\\nc"$/,
});

test(
  'several control planes without an endpoint are a warning',
  warns,
  two('{name: cp-2, roles: [control-plane], addresses: [10.0.0.12]}'),
  /controlPlaneEndpoint missing/,
);
test(
  'a version that is newer than what is known is a warning',
  warns,
  `${node}kubernetesVersion: "1.39"`,
  /1\.39\.0 is newer/,
);
test(
  'an address that is there twice is a warning',
  warns,
  'nodes: [{name: a, addresses: [10.0.0.1, 10.0.0.1]}]',
  /addresses\[1\] 10\.0\.0\.1 is there twice/,
);
test(
  'a node that lacks a family of the services is a warning',
  warns,
  `${node}serviceSubnets: [10.96.0.0/12, "fd00::/112"]`,
  /no IPv6 address/,
);
test(
  'a control plane of another family than the services is a warning',
  warns,
  `${node}serviceSubnets: ["fd00::/112"]`,
  /advertises an IPv4/,
);
test(
  'a node within the addresses of the services is a warning',
  warns,
  'nodes: [{name: a, addresses: [10.96.0.9]}]',
  /lies within/,
);

test('a tab is refused with its place', refusesYaml, 'nodes:\n\t- a', /^cluster\.yaml:2:1: a tab/);
test('an alias is refused', refusesYaml, 'a: *b', /^cluster\.yaml:1:4: an alias$/);
test('an anchor is refused', refusesYaml, 'a: &b c', /an anchor/);
test('a tag is refused', refusesYaml, 'a: !!js/function x', /a tag/);
test('a directive is refused', refusesYaml, '%YAML 1.1\n---\na: yes', /a directive/);
test('a second document is refused', refusesYaml, 'a: 1\n---\nb: 1', /cluster\.yaml:2:1: a second document/);
test('a duplicate key is refused', refusesYaml, 'name: a\nname: b', /cluster\.yaml:2:1: a key that is there already/);
test('__proto__ is refused', refusesYaml, 'components: {__proto__: {polluted: true}}', /takes for its own/);
test('constructor is refused', refusesYaml, 'constructor: {prototype: {polluted: true}}', /takes for its own/);
test('a NUL is refused', refusesYaml, 'a: b\nc: d\0', /cluster\.yaml:2:5: a character/);
test('an open quote is refused', refusesYaml, 'a: "b', /missing/);
test('a key that is a map is refused', refusesYaml, '? {a: b}\n: c', /not a text/);
test(
  'a file of more than 1 MiB is refused',
  refusesYaml,
  `#${'x'.repeat(10 * 1024 * 1024)}`,
  /^cluster\.yaml: the file has 10485761 bytes/,
);

test('an alias bomb, a million brackets and a hundred thousand levels are refused in no time', (t) => {
  const bomb = [
    'a: &a [x,x,x,x,x,x,x,x,x]',
    ...'bcdefghi'.split('').map((key, at) => `${key}: &${key} [${`*${'abcdefgh'[at]},`.repeat(9)}]`),
  ].join('\n');
  const start = cpu();
  t.regex(failure(bomb).message, /an anchor|problems/);
  for (const text of [
    '['.repeat(1_000_000),
    '{a: '.repeat(200_000),
    '- '.repeat(500_000),
    '? '.repeat(500_000),
    Array.from({ length: 100 }, (_, at) => `${' '.repeat(at)}a:\n`).join(''),
    `${'['.repeat(65)}${']'.repeat(65)}`,
  ]) {
    t.regex(failure(text).message, /more than 64/);
  }
  const deep = `x: ${'['.repeat(63)}1${']'.repeat(63)}\n`;
  t.notThrows(() => readYaml(deep, 'f'));
  t.true(cpu() - start < 2_000);
});

test('a file full of slips is refused soon, and only so many of them are listed', (t) => {
  const mebibyte = 1_048_576;
  for (const piece of ['}', '{}', "'' ", '---\n', '*a ', '"a" ']) {
    const start = cpu();
    t.is(failure(piece.repeat(mebibyte / 4)).code, 'YAML_INVALID');
    t.true(cpu() - start < 5_000, piece);
  }
  t.is(failure(`nodes: [${'a\n'.repeat(mebibyte / 2 - 10)}]`).problems.length, 20);
  for (const piece of ['a', ': ', '- a\n', '\n', ',', 'a\n', '?\n', '[],', '"', '|\n ', '\\', '\r', 'é']) {
    const text = piece.repeat(2_000);
    for (const whole of [text, `nodes: [${text}]`, `name: "${text}`]) {
      t.true(failure(whole).problems.length <= 101);
    }
  }
  const keys = Array.from({ length: 2_000 }, (_, index) => `k${index}: 1`).join('\n');
  t.regex(failure(keys).problems.at(-1)?.message ?? '', /^1901 more problems$/);
});

test('no message repeats what a broken file holds', (t) => {
  const secret = 'hunter2-correct-horse';
  const text = `${node}passphrase: "${secret}"\nname: {key: ${secret}}\n`;
  const pieces = [':', '"', "'", '[', '{', '}', '&', '*', '!', '|', '%', '\t', '\\', '- ', '@', '`', ',', '?', '\n'];
  fc.assert(
    fc.property(fc.nat(text.length), fc.constantFrom(...pieces), (at, piece) => {
      const broken = `${text.slice(0, at)}${piece}${text.slice(at)}`;
      const error = failure(broken);
      const { message, hint, problems } = error;
      if (error.code === 'YAML_INVALID')
        t.false(
          JSON.stringify({ message, hint, problems, stack: error.stack, cause: error.cause }).includes('hunter2'),
        );
      t.false(problems.some((problem) => problem.message.includes('hunter2')));
    }),
    { numRuns: 300 },
  );
});

test('whatever a file holds, it is read or refused with a PkiError, and no prototype changes', (t) => {
  const word = fc.constantFrom(
    ...Object.keys(schema.shape),
    'apiserver',
    'external',
    '__proto__',
    'constructor',
    'toString',
    'cp-1',
    '10.0.0.1',
    'single',
    'etcd/ca',
    '1y',
    '1.30',
  );
  const leaf = fc.oneof(word, fc.string(), fc.integer(), fc.double(), fc.boolean(), fc.constant(null));
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.oneof(word, fc.string()), tie('value'), { maxKeys: 6 }),
    ),
  }));
  const text = fc.oneof(
    value.map((one) => JSON.stringify(one) ?? ''),
    value.map((one) => stringify(one)),
    fc.string({ unit: 'binary' }),
    fc
      .tuple(fc.nat(400), fc.string())
      .map(([at, more]) => `${starterFile.slice(0, at)}${more}${starterFile.slice(at)}`),
  );
  fc.assert(
    fc.property(text, (one) => {
      try {
        read(one);
      } catch (error) {
        if (!(error instanceof PkiError)) throw error;
        t.true(
          error.problems.length > 0 &&
            error.problems.every(
              ({ where, message }) =>
                where !== '' && message !== '' && message.length < 400 && !/\p{Cc}/u.test(message + where),
            ),
        );
      }
      t.is(({} as { polluted?: unknown }).polluted, undefined);
    }),
    { numRuns: 1_000 },
  );
});

test('the JSON Schema describes the file as it is written', (t) => {
  const json = clusterJsonSchema(schema) as {
    readonly [key: string]: unknown;
    readonly properties: Record<string, { readonly description?: string }>;
  };
  t.is(json.$schema, 'http://json-schema.org/draft-07/schema#');
  t.false('$id' in json || 'id' in json);
  t.is(json.additionalProperties, false);
  t.deepEqual(json.required, ['nodes']);
  for (const [name, property] of Object.entries(json.properties)) t.truthy(property.description, name);
  const text = JSON.stringify(json);
  t.true(
    text.includes('"default":"1.37"') &&
      text.includes('"dedicated"') &&
      text.includes('"port"') &&
      text.includes('"10y"'),
  );
});
