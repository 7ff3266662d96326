import test from 'ava';
import { freshFolder } from './_tree.test.ts';
import { flush } from './flush.ts';

test('a file system that is not known to wait for the disk is not flushed', async (t) => {
  t.false(await flush('/proc'));
  t.false(await flush('/nowhere'));
});

test.serial('without sync(1) nothing is said to be stored', async (t) => {
  const folder = freshFolder(t).replace(/\/pki$/, '');
  const { PATH } = process.env;
  process.env.PATH = '/nowhere';
  const stored = await flush(folder);
  process.env.PATH = PATH;
  t.false(stored);
});
