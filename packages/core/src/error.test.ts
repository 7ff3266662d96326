import test from 'ava';
import { PkiError } from './error.ts';
import { explain } from './explain.ts';

const query = '?another-copy';

test('an error of another copy of core is one as well, and is explained', async (t) => {
  const other: typeof import('./error.ts') = await import(new URL(`./error.ts${query}`, import.meta.url).href);
  const error = new other.PkiError('X', 'no', { fault: 'usage', hint: 'do' });
  t.not(other.PkiError, PkiError);
  t.true(error instanceof PkiError);
  t.true(new PkiError('X', 'no') instanceof other.PkiError);
  t.deepEqual(explain(error), { text: 'error: no\nhint: do', exitCode: 64 });
});

test('what only looks like an error of core is none', (t) => {
  for (const value of [
    undefined,
    null,
    'PkiError',
    new Error('no'),
    Object.assign(new Error('no'), { name: 'PkiError' }),
  ])
    t.false(value instanceof PkiError);
});
