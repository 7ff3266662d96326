import { existsSync, mkdirSync } from 'node:fs';
import { type Desk, desk } from './desk.ts';
import { kubepki } from './program.ts';
import { must } from './scenarios.ts';
import { type Call, callsIn, strace } from './strace.ts';

/** A cluster of a control plane and a worker, in which there is every kind of file. */
export const pair = {
  name: 'pair',
  controlPlaneEndpoint: 'api.example.com',
  nodes: [
    { name: 'cp-1', roles: ['control-plane'], addresses: ['10.0.0.11'] },
    { name: 'w-1', roles: ['worker'], addresses: ['10.0.0.21'] },
  ],
  keys: 'ecdsa-p256',
};

/** A run of a command under strace. */
export type Trace = {
  readonly command: string;
  readonly calls: readonly Call[];
  readonly on: Desk;
  readonly wrong: readonly string[];
};

/** Every command that writes, in an order in which each has something to do. */
const commands: readonly (readonly [name: string, args: (on: Desk) => readonly string[]])[] = [
  ['init', ({ path }) => ['init', path('starter.yaml')]],
  ['generate', ({ tree }) => ['generate', '-o', tree]],
  ['renew', ({ tree }) => ['renew', 'apiserver', 'admin', '-o', tree, '--keep', '1']],
  ['generate --in-place', ({ tree, place }) => ['generate', '-o', tree, '--in-place', place]],
  ['renew --in-place', ({ tree, place }) => ['renew', '@w-1', '-o', tree, '--in-place', place]],
  ['rollback --in-place', ({ tree, place }) => ['rollback', '-o', tree, '--in-place', place]],
  ['install', ({ tree, path }) => ['install', '--node', 'w-1', '--root', path('root'), '-o', tree]],
  ['export', ({ tree, path }) => ['export', 'cp-1', 'w-1', path('exported'), '-o', tree]],
  ['status --metrics', ({ tree, path }) => ['status', tree, '--metrics', path('kubepki.prom')]],
  ['generate --authority-keys', ({ path }) => ['generate', '-o', path('apart'), '--authority-keys', path('keys')]],
  ['adopt', ({ place, path }) => ['adopt', `cp-1=${place}/nodes/cp-1`, '-o', path('adopted')]],
];

/** Some of them, which every run of the tests traces. */
export const quick = ['generate', 'generate --in-place', 'export'];
const known = new Map<string, Promise<readonly Trace[]>>();

/** Runs these commands one after the other with a umask, each under strace with all its children. */
export function traces(umask: string, only = commands.map(([name]) => name)): Promise<readonly Trace[]> {
  const key = `${umask} ${only.join()}`;
  const made = known.get(key) ?? trace(umask, only);
  known.set(key, made);
  return made;
}

async function trace(umask: string, only: readonly string[]): Promise<readonly Trace[]> {
  const on = desk();
  on.write('cluster.yaml', pair);
  mkdirSync(on.path('root'));
  const made: Trace[] = [];
  for (const [command, args] of commands) {
    if (!only.includes(command)) continue;
    const log = `${on.folder}.${made.length}.log`;
    const ran = await kubepki(args(on), { cwd: on.folder, umask, by: strace({ log, follow: true }) });
    const wrong = ran.code === 0 ? [] : [`${command}, umask ${umask}: exit ${ran.code}: ${ran.stderr}`];
    made.push({ command, calls: callsIn(log), on, wrong });
  }
  if (existsSync(on.tree)) await must(['verify', on.tree], on);
  return made;
}
