import test from 'ava';
import type { Entry } from '../file.ts';
import { entryLog } from './entry-log.ts';

function entry(path: string): Entry {
  const holds = [{ id: path, part: 'key', fingerprint: 'f' }] as const;
  return { path, emitter: 'pairs', fields: 'x', mode: 0o600, secret: true, holds };
}

test('entries come back in their order, however many there are, and as often as asked for', (t) => {
  const log = entryLog();
  const entries = Array.from({ length: 2500 }, (_, index) => entry(`a${index}`));
  for (const one of entries) log.add(one);
  t.is(log.size, entries.length);
  t.deepEqual([...log], entries);
  log.add(entry('z'));
  t.deepEqual([...log].at(-1), entry('z'));
  t.is([...log].length, log.size);
});
