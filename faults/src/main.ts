// Runs the rows of the scoreboard, and says what each measured. Arguments: --all for all of each row, then numbers of rows,
// which KUBEPKI_FAULTS_ROWS names too.
import { existsSync } from 'node:fs';
import { lacking } from './machine.ts';
import { program } from './program.ts';
import { type Measured, summary, writePage } from './report.ts';
import type { Row } from './row.ts';
import { rows } from './rows.ts';

const args = process.argv.slice(2);
const all = args.includes('--all');
const asked = [...args, ...(process.env.KUBEPKI_FAULTS_ROWS ?? '').split(',')];
const only = asked.filter((word) => /^\d+$/.test(word)).map(Number);
if (!existsSync(program)) throw new Error(`${program} is not built: npm run build`);

/** So many of what is wrong with a row are printed. */
const told = 10;
const measured: Measured[] = [];
for (const row of rows) {
  if (only.length > 0 && !row.rows.some((number) => only.includes(number))) continue;
  for (const one of await measure(row)) {
    measured.push(one);
    console.log(line(one));
    if ('wrong' in one) for (const text of one.wrong?.slice(0, told) ?? []) console.log(`      ${text}`);
  }
}
console.log();
if (process.env.KUBEPKI_UPDATE_RELIABILITY === '1') writePage(measured, rows);
const { passed, failed, skipped } = summary(measured);
if (failed > 0) console.log(`  ${failed} ${failed === 1 ? 'test' : 'tests'} failed`);
if (skipped > 0) console.log(`  ${skipped} ${skipped === 1 ? 'test' : 'tests'} skipped`);
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed > 0 || passed + skipped === 0 ? 1 : 0;

async function measure(row: Row): Promise<readonly Measured[]> {
  const missing = lacking(row.needs);
  if (missing.length > 0)
    return row.rows.map((number) => ({ row: number, what: row.what, skipped: missing.join(', ') }));
  const start = process.cpuUsage();
  const began = Date.now();
  const results = await attempt(row);
  const { user, system } = process.cpuUsage(start);
  const seconds = Math.round((Date.now() - began) / 1000);
  if (process.env.KUBEPKI_FAULTS_TIMES === '1')
    console.log(`    ${row.what}: ${seconds} s, ${Math.round((user + system) / 1e5) / 10} s of them in this process`);
  return results;
}

async function attempt(row: Row): Promise<readonly Measured[]> {
  try {
    return await row.run({ all });
  } catch (error) {
    const wrong = String(error instanceof Error ? error.stack : error).split('\n');
    const head = { what: row.what, target: '', measured: 'it could not be measured', ok: false, wrong };
    return row.rows.map((number) => ({ row: number, ...head }));
  }
}

/** In the form of ava's, so that whoever counts tests counts these. */
function line(one: Measured): string {
  if ('skipped' in one) return `  - row ${one.row}: ${one.what}: skipped, for this machine lacks ${one.skipped}`;
  const text = `row ${one.row}: ${one.what}: ${one.measured}`;
  return one.ok ? `  ✔ ${text}` : `  ✘ [fail]: ${text}`;
}
