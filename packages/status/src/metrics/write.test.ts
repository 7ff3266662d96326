import { lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PkiError } from '@kubepki/core';
import test from 'ava';
import { temporary } from '../testing/tree.ts';
import { writeMetrics } from './write.ts';

test.serial('The file can be read by everybody whatever the umask, and nothing else stays in the folder', (t) => {
  const path = join(temporary(t), 'a.prom');
  const before = process.umask(0o077);
  t.teardown(() => process.umask(before));
  writeMetrics(path, 'one\n');
  writeMetrics(path, 'two\n');
  t.is(readFileSync(path, 'utf8'), 'two\n');
  t.is(statSync(path).mode & 0o777, 0o644);
  t.deepEqual(readdirSync(join(path, '..')), ['a.prom']);
});

test('The file is replaced as a whole: who has the old one open has the old one', (t) => {
  const path = join(temporary(t), 'a.prom');
  writeMetrics(path, 'one\n');
  const { ino } = statSync(path);
  writeMetrics(path, 'two\n');
  t.not(statSync(path).ino, ino);
});

test('A link in its place is replaced, and what it leads to stays as it was', (t) => {
  const folder = temporary(t);
  writeFileSync(join(folder, 'secret'), 'x');
  symlinkSync('secret', join(folder, 'a.prom'));
  writeMetrics(join(folder, 'a.prom'), 'one\n');
  t.is(readFileSync(join(folder, 'secret'), 'utf8'), 'x');
  t.true(lstatSync(join(folder, 'a.prom')).isFile());
});

test('A name that the collector does not read is refused', (t) => {
  const folder = temporary(t);
  for (const name of ['a', 'a.txt', '.prom', 'a.prom.tmp']) {
    t.throws(() => writeMetrics(join(folder, name), ''), { instanceOf: PkiError, code: 'METRICS_NAME' }, name);
  }
  t.deepEqual(readdirSync(folder), []);
});

test('Where it cannot be written that is told, and nothing is left', (t) => {
  const folder = temporary(t);
  mkdirSync(join(folder, 'a.prom'));
  const said = (path: string) => {
    const error = t.throws(() => writeMetrics(join(folder, path), ''), {
      instanceOf: PkiError,
      code: 'METRICS_UNWRITTEN',
    });
    return [error?.message.replace(folder, ''), error?.hint, error?.fault];
  };
  t.deepEqual(said('none/a.prom'), ['cannot write /none/a.prom (ENOENT)', 'make its folder first', 'system']);
  t.deepEqual(said('a.prom').slice(1), ['give a name that is not that of a folder', 'system']);
  t.deepEqual(readdirSync(folder), ['a.prom']);
});
