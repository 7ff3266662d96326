import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { existingTree, generate, openOutput, stagedTree } from '@kubepki/core';
import { assemble, clusterFileSchema, readClusterValue } from '@kubepki/presets';
import { fixtureKeys } from '@kubepki/testkit';
import type { ExecutionContext } from 'ava';

export const cp = { name: 'cp-1', roles: ['control-plane'], addresses: ['10.0.0.11'] };
export const worker = { name: 'w-1', roles: ['worker'], addresses: ['10.0.0.21'] };
/** What is in a cluster file of a control plane and a worker. */
export const two = { name: 'two', controlPlaneEndpoint: 'api.example.com', nodes: [cp, worker] };

export const day = 86_400_000;

/** A folder that is gone after the test. */
export function temporary(t: ExecutionContext): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kubepki-status-')));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Generates into a folder what a cluster file says, at some time. */
export async function generateAt(folder: string, value: object, now = new Date()): Promise<void> {
  const { file, facts } = readClusterValue(value, { fileName: 'cluster', schema: clusterFileSchema });
  const { plan, emitters, layout } = assemble(file, facts);
  const output = openOutput({ folder, write: true });
  const tree = stagedTree(output, { cluster: plan.cluster.name, folderMode: layout.folderMode });
  const existing = existingTree({ output, emitters });
  const made = generate({ plan, emitters, layout, tree, existing, source: fixtureKeys(), now });
  for await (const _ of made);
  output.close();
}
