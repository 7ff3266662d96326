import { constants } from 'node:os';
import test from 'ava';
import type { PkiError } from '../../error.ts';
import { writing } from './system.ts';

/** An error as Node throws it for a number that it has no name for. */
function nameless(number: number): Error {
  const code = `Unknown system error -${number}`;
  return Object.assign(new Error(code), { errno: -number, code, syscall: 'write' });
}

test('a quota that is used up is told in words, though Node has none for it', (t) => {
  const error = t.throws<PkiError>(() =>
    writing('/pki/ca.key', () => {
      throw nameless(constants.errno.EDQUOT);
    }),
  );
  t.is(error?.message, 'cannot write /pki/ca.key: disk quota exceeded (EDQUOT)');
  t.is(error?.hint, 'free some of the quota and run it again');
});

test('an error that has no name at all is told by its number', (t) => {
  const error = t.throws<PkiError>(() =>
    writing('/pki', () => {
      throw nameless(3999);
    }),
  );
  t.is(error?.message, 'cannot write /pki: Unknown system error -3999 (Unknown system error -3999)');
});
