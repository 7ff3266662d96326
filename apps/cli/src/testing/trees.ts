import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { type Desk, desk, two } from './program.ts';

/** A desk with a PKI of a control plane and a worker in `pki`, and no cluster file. */
export type Grown = Desk & {
  /** A path of the current generation, from the desk. */
  current(path: string): string;
  /** Changes the text of a file of the current generation, and leaves its mode as it is. */
  edit(path: string, change: (text: string) => string): void;
};

const parent = realpathSync(mkdtempSync(join(tmpdir(), 'kubepki-grown-')));
process.on('exit', () => rmSync(parent, { recursive: true, force: true }));
let grown: Promise<string> | undefined;

/** A copy of a PKI that is made once for all tests of a file. */
export async function grownDesk(t: ExecutionContext): Promise<Grown> {
  t.timeout(180_000);
  grown ??= grow(t);
  const own = desk(t);
  if (spawnSync('cp', ['-a', await grown, own.path('pki')]).status !== 0) throw new Error('the PKI was not copied');
  const current = (path: string) => `pki/current/${path}`;
  return {
    ...own,
    current,
    edit: (path, change) => writeFileSync(own.path(current(path)), change(own.read(current(path)))),
  };
}

async function grow(t: ExecutionContext): Promise<string> {
  const own = desk(t, parent);
  own.write('cluster.yaml', two);
  const { status, stderr } = await own.kubepki(['generate']);
  if (status !== 0) throw new Error(stderr);
  return own.path('pki');
}
