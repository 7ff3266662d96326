import { existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { PkiError } from '../../error.ts';
import type { Plan } from '../../plan/plan.ts';
import type { ContentFile, Entry } from '../file.ts';
import { type Output, openOutput, type StagedTreeOptions, stagedTree } from './index.ts';
import type { Tree } from './tree.ts';

export const cluster = 'prod';
export const plan: Plan = {
  version: 1,
  profile: 'strict',
  cluster: {
    name: cluster,
    version: { minor: 33, patch: 0 },
    endpoint: { host: 'api.example' },
    dnsDomain: 'cluster.local',
    serviceSubnets: ['10.96.0.0/12'],
    nodes: [],
    etcd: 'nodes',
  },
  backdate: 0,
  uses: {},
  specs: [],
};

/** Memory, where there is a file system in it: the tests make thousands of files and store each. */
const scratch = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** The path of an output folder that is not there yet, in a folder of the test's own. */
export function freshFolder(t: ExecutionContext): string {
  t.timeout(180_000); // a busy machine takes longer than ava waits
  const parent = mkdtempSync(join(scratch, 'kubepki-tree-'));
  t.teardown(() => rmSync(parent, { recursive: true, force: true }));
  return join(parent, 'pki');
}

export const caKey = content('authorities/ca.key');
export const caCopy = content('nodes/cp-1/etc/kubernetes/pki/ca.key');
export const caCertificate = content('authorities/ca.crt', 0o644);
export const small = [caCertificate, caKey, caCopy];
export const link = { path: 'nodes/cp-1/etc/kubernetes/pki/current.key', link: 'ca.key' };

export function content(path: string, mode = 0o600): ContentFile {
  const part = mode === 0o600 ? 'key' : 'certificate';
  return { path, mode, secret: part === 'key', holds: [{ id: 'cluster/ca', part }] };
}

export function entryOf({ path, mode, secret, holds }: ContentFile, apart = false): Entry {
  const held = holds.map((holding) => ({ ...holding, fingerprint: 'f' }));
  return { path, emitter: 'test', fields: 'x', mode, secret, holds: held, ...(apart ? { apart: true } : {}) };
}

export async function push(tree: Tree, text: string, files: readonly ContentFile[] = small): Promise<void> {
  for (const file of files) await tree.write(file, `${text} ${file.path}\n`, entryOf(file));
  await tree.link(link);
}

/** A run as the pipeline does it: all files have that text. */
export async function generate(folder: string, text: string, options: Partial<StagedTreeOptions> = {}): Promise<void> {
  const output = openOutput({ folder, write: true });
  try {
    const tree = stagedTree(output, { cluster, ...options });
    try {
      await push(tree, text);
      await tree.commit({ plan });
    } finally {
      await tree.abort();
    }
  } finally {
    output.close();
  }
}

/** An output folder with three generations. */
export async function threeIn(t: ExecutionContext): Promise<string> {
  const folder = freshFolder(t);
  for (const text of ['one', 'two', 'three']) await generate(folder, text);
  return folder;
}

/** The text of the run that the current generation is of; undefined: there is none. Throws where the generation is not whole. */
export function wholeText(folder: string): string | undefined {
  const output = openOutput({ folder, write: false });
  if (output.generation === 0) return undefined;
  const texts = new Set(small.map((file) => output.read(file.path).replace(` ${file.path}\n`, '')));
  if (output.entries.size !== small.length || texts.size !== 1) throw new Error('the generation is not whole');
  if (output.links.get(link.path) !== readlinkSync(join(folder, 'current', link.path))) throw new Error('no link');
  return [...texts][0];
}

/** All that lies in a folder, with its mode and its content. */
export function everything(folder: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return names.map((name) => `${name} ${describe(join(folder, name))}`);
}

export function modeOf(path: string): string {
  return (lstatSync(path).mode & 0o7777).toString(8);
}

export function codeOf(action: () => unknown): string {
  try {
    action();
    return 'no error';
  } catch (error) {
    if (error instanceof PkiError) return error.code;
    throw error;
  }
}

export async function failure(run: Promise<unknown>): Promise<PkiError> {
  try {
    await run;
  } catch (error) {
    if (error instanceof PkiError) return error;
    throw error;
  }
  throw new Error('no error');
}

export function opened(t: ExecutionContext, folder: string): Output {
  const output = openOutput({ folder, write: true });
  t.teardown(() => output.close());
  return output;
}

function describe(path: string): string {
  const stats = lstatSync(path);
  if (stats.isSymbolicLink()) return `-> ${readlinkSync(path)}`;
  return `${(stats.mode & 0o777).toString(8)} ${stats.isFile() ? readFileSync(path, 'utf8') : ''} ${stats.mtimeMs}`;
}
