import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.ts';
import { root } from './workspace.ts';

/** A Node to run under; without an executable where it could not be had. */
export type Node = { readonly major: number; readonly executable?: string };

const majors = [20, 22, 24, 26];
const kept = join(root, 'packaging', 'node_modules', '.cache', 'node');

/** The Nodes that kubepki runs on: this one, and the others as npm has them, kept for the next time. */
export function findNodes(work: string): Promise<readonly Node[]> {
  const own = Number(process.versions.node.split('.')[0]);
  return Promise.all(
    majors.map(async (major) => {
      if (major === own) return { major, executable: process.execPath };
      const executable = await fetchNode(major, work).catch(() => undefined);
      return { major, ...(executable === undefined ? {} : { executable }) };
    }),
  );
}

async function fetchNode(major: number, work: string): Promise<string> {
  const executable = join(kept, `${major}`, 'node');
  if (existsSync(executable)) return executable;
  const folder = join(work, `node-${major}`);
  mkdirSync(folder, { recursive: true });
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}@${major}`;
  await run('npm', ['pack', '--silent', name], { cwd: folder, timeout: 90_000 });
  const [tarball = ''] = readdirSync(folder);
  await run('tar', ['-xzf', tarball, 'package/bin/node'], { cwd: folder });
  await run(join(folder, 'package', 'bin', 'node'), ['-e', '0']);
  mkdirSync(join(kept, `${major}`), { recursive: true });
  copyFileSync(join(folder, 'package', 'bin', 'node'), executable);
  return executable;
}
