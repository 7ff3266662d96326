import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { PkiError } from '@kubepki/core';
import test, { type ExecutionContext } from 'ava';
import { packTar, type TarEntry } from 'modern-tar';
import { limits } from './files.ts';
import { oldTar } from './tar.ts';

const file = (name: string, body: string): TarEntry => ({
  header: { name, size: Buffer.byteLength(body), type: 'file' },
  body,
});
const refused = async (t: ExecutionContext, bytes: Uint8Array) =>
  (await t.throwsAsync<PkiError>(oldTar('x.tar', bytes), { instanceOf: PkiError, code: 'OLD_UNREADABLE' }))?.message;

test('Files are found under the names that tar gives them, plain and by gzip', async (t) => {
  const tar = await packTar([
    file('./pki/ca.crt', 'one'),
    file('pki/etcd/ca.crt', 'two'),
    file('/admin.conf', 'three'),
  ]);
  for (const bytes of [tar, gzipSync(tar)]) {
    const old = await oldTar('cp-1.tar', bytes);
    t.deepEqual(
      [old.names(''), old.names('pki'), old.names('nothing')],
      [['admin.conf', 'pki'], ['ca.crt', 'etcd'], []],
    );
    t.deepEqual(
      [old.look('pki'), old.look('pki/ca.crt'), old.look('x')],
      [{ kind: 'folder' }, { kind: 'file' }, undefined],
    );
    t.is(Buffer.from(old.read('pki/etcd/ca.crt')).toString(), 'two');
    t.is(old.where('pki/ca.crt'), 'cp-1.tar: pki/ca.crt');
    t.is(old.real('pki/ca.crt'), undefined);
  }
});

test('A link is a link, a second name of a file is that file, and of two entries the last counts', async (t) => {
  const tar = await packTar([
    file('a', 'old'),
    file('a', 'new'),
    { header: { name: 'hard', type: 'link', linkname: './a', size: 0 } },
    { header: { name: 'soft', type: 'symlink', linkname: '/etc/a', size: 0 } },
    { header: { name: 'astray', type: 'link', linkname: '../a', size: 0 } },
  ]);
  const old = await oldTar('x', tar);
  t.is(Buffer.from(old.read('hard')).toString(), 'new');
  t.deepEqual(old.look('soft'), { kind: 'link', target: '/etc/a' });
  t.deepEqual(old.look('astray'), { kind: 'other' });
  t.throws(() => old.read('soft'), { instanceOf: PkiError, code: 'OLD_UNREADABLE' });
});

test('What leads out of an archive is refused', async (t) => {
  t.is(await refused(t, await packTar([file('a/../../b', 'x')])), 'x.tar has an entry whose path leads out of it');
});

test('What is no tar, breaks off, is empty or too large is refused in a line', async (t) => {
  const tar = await packTar([file('a', randomBytes(2000).toString('hex'))]);
  t.regex((await refused(t, Buffer.from('no tar'))) ?? '', /is no tar$/);
  t.regex((await refused(t, randomBytes(4096))) ?? '', /is no tar, or one that breaks off$/);
  t.regex((await refused(t, tar.subarray(0, 2048))) ?? '', /is no tar, or one that breaks off$/);
  t.regex((await refused(t, Buffer.alloc(10_240))) ?? '', /is an empty tar$/);
  t.regex((await refused(t, gzipSync(tar).subarray(0, 40))) ?? '', /cannot be decompressed$/);
  t.regex((await refused(t, gzipSync(Buffer.alloc(limits.archive + 1)))) ?? '', /is larger than 64 MiB$/);
  const old = await oldTar('x.tar', await packTar([file('big', 'x'.repeat(limits.file + 1))]));
  t.throws(() => old.read('big'), { instanceOf: PkiError, message: `x.tar: big is larger than ${limits.file} bytes` });
});
