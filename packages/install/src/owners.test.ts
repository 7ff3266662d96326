import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { failure, freshFolder } from './_place.test.ts';
import { ownersOn } from './owners.ts';

test('files are root’s unless a user or a group of the machine is named', (t) => {
  const root = freshFolder(t);
  mkdirSync(join(root, 'etc'), { recursive: true });
  writeFileSync(join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/sh\netcd:x:901:902::/:/bin/false\nbroken\n');
  writeFileSync(join(root, 'etc/group'), 'root:x:0:\nssl:x:77:etcd\n');
  const owners = ownersOn(root);
  t.deepEqual(owners('a', {}), { uid: 0, gid: 0 });
  t.deepEqual(owners('a', { owner: 'etcd' }), { uid: 901, gid: 902 });
  t.deepEqual(owners('a', { owner: 'etcd', group: 'ssl' }), { uid: 901, gid: 77 });
  t.deepEqual(owners('a', { group: 'ssl' }), { uid: 0, gid: 77 });
  t.deepEqual(owners('a', { owner: '12', group: '34' }), { uid: 12, gid: 34 });
  for (const names of [{ owner: 'nobody' }, { group: 'broken' }, { owner: 'constructor' }]) {
    const { code, message } = failure(() => owners('etcd/server.key', names));
    t.is(code, 'OWNER_UNKNOWN');
    t.regex(message, /^etcd\/server\.key is to belong to the (user|group) \w+, who is not in /);
  }
  t.is(failure(() => ownersOn(join(root, 'nowhere'))('a', { owner: 'etcd' })).code, 'OWNER_UNKNOWN');
});
