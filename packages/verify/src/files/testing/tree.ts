import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { existingTree, generate, openOutput, stagedTree } from '@kubepki/core';
import {
  assemble,
  catalog,
  clusterFileSchema,
  flatLayout,
  isMaker,
  profiles,
  readClusterValue,
} from '@kubepki/presets';
import { fixtureKeys } from '@kubepki/testkit';
import type { ExecutionContext } from 'ava';
import { type FilesInput, type FilesReport, findLayout, verifyFiles } from '../index.ts';

const two = {
  name: 'two',
  controlPlaneEndpoint: 'api.example.com',
  nodes: [
    { name: 'cp-1', roles: ['control-plane'], addresses: ['10.0.0.11'] },
    { name: 'w-1', roles: ['worker'], addresses: ['10.0.0.21'] },
  ],
};

/** A tree of a control plane and a worker, in a folder of the test's own. */
export type TestTree = {
  readonly folder: string;
  /** A path of the current generation. */
  path(name: string): string;
  read(name: string): string;
  /** Writes a file anew, and leaves its mode as it is. */
  write(name: string, text: string): void;
  chmod(name: string, mode: number): void;
  /** Changes the manifest and says so nowhere. */
  manifest(change: (text: string) => string): void;
};

let folders = 0;
const made = new Map<string, Promise<string>>();
const parent = realpathSync(mkdtempSync(join(tmpdir(), 'kubepki-verify-')));
process.on('exit', () => rmSync(parent, { recursive: true, force: true }));

/** A tree as it is generated, with more in its cluster file. */
export async function testTree(t: ExecutionContext, more: object = {}): Promise<TestTree> {
  const key = JSON.stringify(more);
  const first = made.get(key) ?? make({ ...two, ...more });
  made.set(key, first);
  const folder = newFolder();
  const { status } = spawnSync('cp', ['-a', await first, folder]);
  t.is(status, 0);
  const path = (name: string) => join(folder, 'current', name);
  const write = (name: string, text: string) => writeFileSync(path(name), text);
  const read = (name: string) => readFileSync(path(name), 'utf8');
  return {
    folder,
    path,
    read,
    write,
    chmod: (name, mode) => chmodSync(path(name), mode),
    manifest: (change) => write('manifest.json', change(read('manifest.json'))),
  };
}

/** Verifies a tree as the program does, from its folder alone. */
export function verified(folder: string, more: Partial<FilesInput> = {}): Promise<FilesReport> {
  const view = openOutput({ folder, write: false });
  const { plan } = view;
  if (plan === undefined) throw new Error('there is no plan');
  const emitters = catalog.emitters.map((plugin) => (isMaker(plugin) ? plugin.from({}) : plugin));
  const exact = emitters.filter(({ name }) => name === 'filesystem' || name === 'kubeconfig');
  const layout = findLayout(view, {
    plan,
    emitters: exact,
    layouts: [profiles[plan.profile].layout({ names: 'crt' }), flatLayout()],
  });
  return verifyFiles({ view, emitters, layout, exact, ...more });
}

function newFolder(): string {
  folders += 1;
  return join(parent, String(folders));
}

async function make(value: object): Promise<string> {
  const { file, facts } = readClusterValue(value, { fileName: 'cluster', schema: clusterFileSchema });
  const { plan, emitters, layout } = assemble(file, facts);
  const folder = newFolder();
  const output = openOutput({ folder, write: true });
  const tree = stagedTree(output, { cluster: plan.cluster.name, folderMode: layout.folderMode });
  const existing = existingTree({ output, emitters });
  for await (const _ of generate({ plan, emitters, layout, tree, existing, source: fixtureKeys() }));
  output.close();
  return folder;
}
