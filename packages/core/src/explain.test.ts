import { readFileSync } from 'node:fs';
import test from 'ava';
import { type Fault, PkiError, type Problem, refuse } from './error.ts';
import { explain } from './explain.ts';

function refusal(...problems: Problem[]): unknown {
  try {
    return refuse('X', problems);
  } catch (error) {
    return error;
  }
}

test('one problem is told once, with what to do', (t) => {
  const { text } = explain(refusal({ where: 'nodes[0]', message: 'it has no name', hint: 'name it' }));
  t.is(text, 'error: nodes[0]: it has no name\nhint: name it');
  t.is(explain(new PkiError('X', 'no', { problems: [{ where: 'a', message: 'b' }] })).text, 'error: no\n  a: b');
});

test('of several problems each is told, with its line and what to do', (t) => {
  const { text } = explain(
    refusal({ where: 'a', message: 'no name', line: 3 }, { where: 'b', message: 'no address', hint: 'give one' }),
  );
  t.is(text, 'error: 2 problems\n  line 3: a: no name\n  b: no address\n    give one');
  const alike = ['a', 'b'].map((where) => ({ where, message: 'no name' }));
  t.is(explain(new PkiError('X', 'some have no name', { problems: alike })).text.split('\n').length, 3);
});

test('the exit code says whose fault it is', (t) => {
  const faults: readonly Fault[] = ['usage', 'input', 'system', 'busy'];
  t.deepEqual(
    faults.map((fault) => explain(new PkiError('X', 'no', { fault })).exitCode),
    [64, 65, 74, 75],
  );
});

test('an error of the system is told in a line, and what is a bug is thrown on', (t) => {
  const missing = t.throws(() => readFileSync('/nowhere/at/all'));
  t.deepEqual(explain(missing), {
    text: "error: ENOENT: no such file or directory, open '/nowhere/at/all'",
    exitCode: 74,
  });
  const bug = new TypeError('x is undefined');
  t.is(
    t.throws(() => explain(bug)),
    bug,
  );
  t.throws(() => explain('no error at all'), { any: true, is: 'no error at all' as never });
});
