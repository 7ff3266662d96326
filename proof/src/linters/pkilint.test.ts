import { fileURLToPath } from 'node:url';
import test from 'ava';
import { run } from '../run.ts';
import { type Finding, judge, linted } from './findings.ts';
import { pkilint } from './install.ts';

const linter = await pkilint();
if ('reason' in linter) console.log(`pkilint is not asked: ${linter.reason}`);

if ('reason' in linter)
  test.skip('pkilint finds no error and no warning in any kind of certificate but those that are listed', () => {});
else
  test('pkilint finds no error and no warning in any kind of certificate but those that are listed', async (t) => {
    const files = linted().map(({ file }) => file);
    const script = fileURLToPath(new URL('lint.py', import.meta.url));
    const { code, output } = await run(linter.program, [script, ...files]);
    t.is(code, 0, output.slice(-300));
    const lines = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
    t.deepEqual(
      lines.filter(({ rule }) => rule === 'done').map(({ file }) => file),
      files,
    );
    judge(
      t,
      'pkilint',
      lines
        .filter(({ severity = 'NONE' }) => counted.includes(severity))
        .map((line) => ({ ...line, said: line.said ?? '' })),
    );
  });

type Line = Omit<Finding, 'said'> & { readonly severity?: string; readonly said?: string | null };
const counted = ['WARNING', 'ERROR', 'FATAL'];
