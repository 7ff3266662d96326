import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { node } from '../kubepki.ts';
import { namespaces } from '../parts.ts';
import type { Boot, Line, What } from './types.ts';

/** What was seen: for each kind of thing, what it was of whom. */
export type Report = Partial<Record<What, Record<string, string>>>;

const program = fileURLToPath(new URL('boot.ts', import.meta.url));

/** Boots a cluster in namespaces of its own and stops it again. Throws where it does not come up. */
export async function runBoot(boot: Boot): Promise<Report> {
  const child = spawn('unshare', [...namespaces, ...node, program], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.on('error', () => {});
  child.stdin.write(`${JSON.stringify(boot)}\n`);
  const report: Report = {};
  let failure: string | undefined = 'The boot ended without a word.';
  try {
    for await (const text of createInterface({ input: child.stdout })) {
      const line = JSON.parse(text) as Line;
      if ('failed' in line) failure = `${line.failed}\n${line.log}`;
      else if ('done' in line) failure = undefined;
      else report[line.what] = { ...report[line.what], [line.of]: line.is };
    }
  } finally {
    child.kill('SIGKILL');
  }
  if (failure !== undefined) throw new Error(failure);
  return report;
}
