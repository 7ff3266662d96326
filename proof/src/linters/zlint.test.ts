import test from 'ava';
import { run } from '../run.ts';
import { type Finding, judge, linted } from './findings.ts';
import { zlint } from './install.ts';

// Those of the IETF, and what certificates have in common. The web's and the mail's own rules are for public authorities.
const sources = 'RFC3279,RFC5280,RFC5480,RFC5891,RFC8813,Community';
const linter = await zlint();
if ('reason' in linter) console.log(`zlint is not asked: ${linter.reason}`);

if ('reason' in linter)
  test.skip('zlint finds no error and no warning in any kind of certificate but those that are listed', () => {});
else
  test('zlint finds no error and no warning in any kind of certificate but those that are listed', async (t) => {
    const files = linted().map(({ file }) => file);
    const { output } = await run(linter.program, ['-includeSources', sources, ...files]);
    const lines = output.trim().split('\n');
    t.is(lines.length, files.length, output.slice(0, 300));
    judge(
      t,
      'zlint',
      files.flatMap((file, index) => [...findings(file, lines[index] ?? '{}')]),
    );
  });

type Results = Readonly<Record<string, { readonly result: string; readonly details?: string }>>;

function* findings(file: string, line: string): Generator<Finding> {
  for (const [rule, { result, details = '' }] of Object.entries(JSON.parse(line) as Results)) {
    if (['warn', 'error', 'fatal'].includes(result)) yield { file, rule, said: details };
  }
}
