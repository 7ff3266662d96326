import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Desk } from '../desk.ts';
import { pair } from '../traces.ts';

/** A run with the secret in one of its inputs. */
export type Case = {
  readonly name: string;
  make?(on: Desk): void;
  args(on: Desk): readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly archive?: boolean;
};

export const passphrase = 'hunter2-Correct-Horse-Battery';

const generate = ({ tree }: Desk) => ['generate', '-o', tree];

/** Every input that may hold a key, rightly or not. */
export function inputs(key: string): readonly Case[] {
  return [...rightly(), ...keyFiles(key), ...clusterFiles(key), ...words(key), ...damaged(key), ...configs(key)];
}

/** The key where it belongs, with every command. */
function rightly(): readonly Case[] {
  const commands: readonly (readonly [string, (on: Desk) => readonly string[]])[] = [
    ['generate, first', ({ path }) => ['generate', '-o', path('new')]],
    ['generate with keys apart', ({ path }) => ['generate', '-o', path('new'), '--authority-keys', path('keys')]],
    ['generate, nothing to do', ({ tree }) => ['generate', '-o', tree, '--json']],
    ['plan', () => ['plan', '--json']],
    ['plan --flags', () => ['plan', '--flags']],
    ['diff', ({ tree }) => ['diff', '-o', tree]],
    ['renew', ({ tree, place }) => ['renew', 'apiserver', 'admin', '-o', tree, '--in-place', place]],
    ['renew of the authority', ({ tree }) => ['renew', 'ca', '--same-key', '-o', tree]],
    ['verify', ({ tree }) => ['verify', tree]],
    ['status', ({ tree }) => ['status', tree, '--json']],
    ['status of the key', ({ path }) => ['status', path('ca.key'), path('ca.crt')]],
    ['lint of the key', ({ path }) => ['lint', path('ca.key'), path('ca.crt')]],
    ['log', ({ tree }) => ['log', tree, '--json']],
    ['export to a folder', ({ tree, path }) => ['export', 'cp-1', path('out'), '-o', tree]],
    ['install', ({ tree, path }) => ['install', '--node', 'cp-1', '--root', path('root'), '-o', tree]],
    ['adopt', ({ place, path }) => ['adopt', `cp-1=${place}/nodes/cp-1`, '-o', path('adopted')]],
    ['init --from', ({ place, path }) => ['init', '--from', `cp-1=${place}/nodes/cp-1`, '-f', path('of.yaml')]],
  ];
  const made = commands.map(([name, args]): Case => ({ name: `${name}, key in its place`, args }));
  return [
    ...made,
    { name: 'export', args: ({ tree }) => ['export', 'w-1', '-o', tree], archive: true },
    {
      name: 'rollback',
      make: (on) => rmSync(on.path('ca.crt')),
      args: ({ tree }) => ['rollback', '-o', tree],
    },
  ];
}

/** Files that are to hold the key, and hold something else too, or half of it. */
function keyFiles(key: string): readonly Case[] {
  const lines = key.trimEnd().split('\n');
  const texts: Readonly<Record<string, string>> = {
    'cut off': lines.slice(0, -1).join('\n'),
    'without its first line': lines.slice(1).join('\n'),
    'with a character too many': key.replace(lines[1] ?? '', `${lines[1]}!`),
    'with a line too few': [...lines.slice(0, 1), ...lines.slice(2)].join('\n'),
    'on one line': lines.join(' '),
    'said to be another': key.replaceAll(/(EC )?PRIVATE KEY/g, 'RSA PRIVATE KEY'),
    'said to be encrypted': key.replaceAll(/(EC )?PRIVATE KEY/g, 'ENCRYPTED PRIVATE KEY'),
    twice: key + key,
    'behind a passphrase': `${passphrase}\n${key}`,
  };
  const wrong = Object.entries(texts).map(
    ([what, text]): Case => ({
      name: `the key ${what}`,
      make: (on) => on.write('ca.key', text),
      args: ({ path }) => ['generate', '-o', path('new')],
    }),
  );
  return [
    ...wrong,
    {
      name: 'the key in place of the certificate',
      make: (on) => on.write('ca.crt', key),
      args: ({ path }) => ['generate', '-o', path('new')],
    },
    {
      name: 'the key behind the certificate',
      make: (on) => on.write('ca.crt', readFileSync(on.path('ca.crt'), 'utf8') + key),
      args: ({ path }) => ['generate', '-o', path('new')],
    },
    {
      name: 'adopt of a key that is cut off',
      make: (on) => on.write('place/nodes/cp-1/etc/kubernetes/pki/ca.key', texts['cut off']),
      args: ({ place, path }) => ['adopt', `cp-1=${place}/nodes/cp-1`, '-o', path('adopted')],
    },
  ];
}

/** The key, and the passphrase, where a cluster file has something else. */
function clusterFiles(key: string): readonly Case[] {
  const [node] = pair.nodes;
  const ca = { certificate: 'ca.crt', key: 'ca.key' };
  const files: Readonly<Record<string, unknown>> = {
    'authorities.ca.key': { ...pair, authorities: { ca: { certificate: 'ca.crt', key } } },
    'authorities.ca.certificate': { ...pair, authorities: { ca: { certificate: key, key } } },
    'authorities.ca': { ...pair, authorities: { ca: key } },
    authorities: { ...pair, authorities: key },
    name: { ...pair, name: key },
    keys: { ...pair, keys: key },
    profile: { ...pair, profile: key },
    kubernetesVersion: { ...pair, kubernetesVersion: key },
    controlPlaneEndpoint: { ...pair, controlPlaneEndpoint: key },
    dnsDomain: { ...pair, dnsDomain: key },
    'nodes[0].name': { ...pair, nodes: [{ ...node, name: key }] },
    'nodes[0].addresses[0]': { ...pair, nodes: [{ ...node, addresses: [key] }] },
    'users[0].name': { ...pair, users: [{ name: key }] },
    'users[0].groups[0]': { ...pair, users: [{ name: 'jane', groups: [key] }] },
    'validity.leaves': { ...pair, validity: { leaves: key } },
    certificates: { ...pair, certificates: { [key]: { validity: '1d' } } },
    'components.webhook': { ...pair, components: { webhook: { services: [{ name: key }] } } },
    'components.apiserver': { ...pair, components: { apiserver: { extraSans: [key] } } },
    'an unknown field': { ...pair, secret: key, passphrase },
    'an unknown field of an authority': { ...pair, authorities: { ca: { ...ca, passphrase } } },
    'the name of a field': { ...pair, [key]: true },
    'all of it': key,
    'a line of it': `nodes: []\n${key}`,
    'YAML that is broken': `passphrase: "${passphrase}\nkey: |\n  ${key.replaceAll('\n', '\n  ')}`,
    'YAML with a tab': `key: |\n  ${key.replaceAll('\n', '\n  ')}\n\tpassphrase: ${passphrase}`,
  };
  return Object.entries(files).flatMap(([where, file]) => [
    {
      name: `the key as ${where}`,
      make: (on: Desk) => on.write('cluster.yaml', file),
      args: ({ path }: Desk) => ['generate', '-o', path('new'), ...(where.length % 2 === 0 ? ['--json'] : [])],
    },
  ]);
}

/** The key as a word of the command line, on stdin, and in the environment. */
function words(key: string): readonly Case[] {
  const lines: Readonly<Record<string, readonly string[]>> = {
    command: [key],
    option: [`--${key}`],
    '-f': ['generate', '-f', key],
    '-o': ['generate', '-o', key],
    '-o of verify': ['verify', key],
    '--authority-keys': ['generate', '-o', 'new', '--authority-keys', key],
    '--in-place': ['generate', '--in-place', key],
    '--keep': ['generate', '--keep', key],
    '--config': ['generate', '--config', key],
    '--fail-under': ['status', '--fail-under', key],
    '--metrics': ['status', '--metrics', key],
    'an id of renew': ['renew', key],
    'a number of rollback': ['rollback', key],
    'a node of export': ['export', key],
    'a folder of export': ['export', 'cp-1', key],
    'a node of install': ['install', '--node', key],
    'a file of lint': ['lint', key],
    'a path of status': ['status', key],
    'a folder of adopt': ['adopt', key],
    'a node of adopt': ['adopt', `${key}=place`],
    'a file of init': ['init', `no/${key}`],
    '--from-kubeadm': ['init', '--from-kubeadm', key],
    '--profile': ['lint', '--profile', key, 'ca.crt'],
  };
  return [
    ...Object.entries(lines).map(([where, args]): Case => ({ name: `the key as ${where}`, args: () => args })),
    { name: 'the key on stdin', args: ({ path }) => ['generate', '-f', '-', '-o', path('new')], input: key },
    { name: 'the key on stdin of lint', args: () => ['lint', '-'], input: key },
    { name: 'the key on stdin of adopt', args: () => ['adopt', 'cp-1=-', '-o', 'new'], input: key },
    { name: 'the key as KUBEPKI_AUTHORITY_KEYS', args: generate, env: { KUBEPKI_AUTHORITY_KEYS: key } },
  ];
}

/** Files of the tree that hold the key, and are not as they were written. */
function damaged(key: string): readonly Case[] {
  const half = key.slice(0, key.length / 2);
  const files: Readonly<Record<string, string>> = {
    'pki/.kubepki': key,
    'pki/current/manifest.json': key,
    'pki/current/plan.json': `{"key": "${key}`,
    'pki/current/authorities/ca.crt': key,
    'pki/current/users/admin.conf': `users: [{user: {client-key-data: ${Buffer.from(key).toString('base64')}`,
    'pki/current/nodes/cp-1/etc/kubernetes/pki/apiserver.key': half,
    'pki/current/nodes/cp-1/etc/kubernetes/pki/apiserver.crt': key,
    'place/.kubepki-in-place/record.json': key,
    'place/.kubepki-in-place/journal.json': `{"version":1,"phase":"${half.replaceAll('\n', ' ')}"}`,
  };
  const commands: readonly ((on: Desk) => readonly string[])[] = [
    ({ tree, place }) => ['generate', '-o', tree, '--in-place', place],
    ({ tree, place }) => ['renew', 'admin', '-o', tree, '--in-place', place, '--discard-edits'],
    ({ tree }) => ['verify', tree],
    ({ tree }) => ['status', tree],
    ({ tree, path }) => ['export', 'cp-1', path('out'), '-o', tree],
    ({ tree }) => ['diff', '-o', tree],
  ];
  return Object.entries(files).flatMap(([file, text], at) =>
    commands
      .filter((_, index) => (file.startsWith('place/') ? index === 0 : index % 3 === at % 3))
      .map(
        (args): Case => ({
          name: `the key in ${file}`,
          make: (on) => writeFileSync(on.path(file), text),
          args,
        }),
      ),
  );
}

/** Code of the project's own, with the key in it. */
function configs(key: string): readonly Case[] {
  const text = JSON.stringify(key);
  const sources: Readonly<Record<string, string>> = {
    'a config that is no code': `export default { key: ${text} ${passphrase}`,
    'a config that throws': `const key = ${text}; throw Object.assign(new Error('no'), { key });`,
    'a config with an unknown field': `export default { key: ${text}, passphrase: '${passphrase}' };`,
    'a config that is the key': `export default ${text};`,
  };
  return Object.entries(sources).map(
    ([name, source]): Case => ({
      name,
      make(on) {
        mkdirSync(on.path('own'));
        for (const file of readdirSync(on.folder)) if (file === 'cluster.yaml') rmSync(join(on.folder, file));
        on.write('own/cluster.yaml', pair);
        on.write('own/kubepki.config.mjs', source);
      },
      args: ({ path }) => ['plan', '-f', path('own/cluster.yaml')],
    }),
  );
}
