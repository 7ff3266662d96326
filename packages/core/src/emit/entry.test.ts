import test from 'ava';
import { entryOf } from './entry.ts';

test('the manifest has the owner that an emitter asks for, and nothing where it asks for none', (t) => {
  const context = { emitter: 'x', fields: 'x', find: () => t.fail() as never, apart: false };
  const file = { path: 'a', mode: 0o640, secret: false, holds: [] };
  const { owner, group } = entryOf({ ...file, owner: 'etcd', group: 'ssl' }, context);
  t.deepEqual([owner, group], ['etcd', 'ssl']);
  t.false('owner' in entryOf(file, context));
});
