import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { release } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Result, Row } from './row.ts';

/** What a row measured, or what the machine lacks for it. */
export type Measured = Result | { readonly row: number; readonly what: string; readonly skipped: string };

const page = fileURLToPath(new URL('../../docs/reliability.md', import.meta.url));

export function summary(measured: readonly Measured[]): { passed: number; failed: number; skipped: number } {
  const skipped = measured.filter((one) => 'skipped' in one).length;
  const failed = measured.filter((one) => 'ok' in one && !one.ok).length;
  return { passed: measured.length - skipped - failed, failed, skipped };
}

/** Writes the page with the figures. Rows that were not measured keep those that they had. */
export function writePage(measured: readonly Measured[], rows: readonly Row[]): void {
  const lines = new Map(existsSync(page) ? tableOf(readFileSync(page, 'utf8')) : []);
  for (const one of measured) if ('ok' in one) lines.set(keyOf(one), lineOf(one));
  const order = rows.flatMap((row) => row.rows);
  const sorted = [...lines].sort(
    ([a], [b]) => numberOf(a) - numberOf(b) || order.indexOf(numberOf(a)) - order.indexOf(numberOf(b)),
  );
  const table = sorted.map(([, line]) => line).join('\n');
  const when = `Measured on ${new Date().toISOString().slice(0, 10)} with Node ${process.versions.node} on Linux ${/^\d+\.\d+/.exec(release())?.[0]}.`;
  writeFileSync(page, `${before}\n\n${when}\n\n${heads}\n${table}\n\n${after}\n`);
}

function tableOf(text: string): readonly (readonly [string, string])[] {
  return text.split('\n').flatMap((line) => {
    const [, row, what] = /^\| (\d+) +\| (.*?) +\|/.exec(line) ?? [];
    return row === undefined ? [] : [[`${row} ${what}`, line] as const];
  });
}

function keyOf({ row, what }: Result): string {
  return `${row} ${what}`;
}

function numberOf(key: string): number {
  return Number.parseInt(key, 10);
}

function lineOf({ row, what, target, measured, ok }: Result): string {
  return `| ${row} | ${what} | ${target} | ${ok ? '' : '**not met**: '}${measured} |`;
}

const heads = '| row | what | target | measured |\n| --- | --- | --- | --- |';

const before = `# Reliability

A run writes a whole generation beside the current one: each file is made anew, for its owner alone, written to its last byte and stored; then the manifest with the hash of each; then the folders. One rename gives the generation its number, and one rename of a link makes it current; only then does the run say so ([decision 3](decisions/0003-generations-and-one-link.md)). Where plain files must lie at fixed names a journal says what is to follow, and whoever opens the folder next finishes it or takes it back ([decision 11](decisions/0011-a-journal-for-fixed-names.md)). Two runs are kept apart by a lock that ends with its process, and by the first rename, which only one can win.

The table has what that is worth. The program is run as people have it, in folders of its own: strace makes system calls fail or kills it there, small file systems in memory are full or read-only, another user watches, and somebody has put links in the way. What is there afterwards is judged by the manifest alone, without code of the program. Where a measurement could be right by accident there is a control: a program that stores nothing is found out, and a key that all may read is read.`;

const after = `## How to run it

\`npm run test:faults\` measures everything, which takes an hour or two; \`npm run faults\` takes some of each row, as every run of the tests does. With \`KUBEPKI_FAULTS_ROWS=1,8\` it is these rows alone, and with \`KUBEPKI_UPDATE_RELIABILITY=1\` the figures are written into this page. Rows 1, 3, 4, 6, 11, 31 and 34 need strace; rows 4, 7, 31, 32 and 33 need root, for mounts and other users. What a machine lacks is said, and the row is skipped.

Each row is a file in \`faults/src/rows\`. In-process tests of the same protocol fail at every call in every run of the tests: \`packages/core/src/emit/tree/faults.test.ts\` and \`packages/install/src/faults.test.ts\`.`;
