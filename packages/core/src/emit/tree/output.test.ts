import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, symlinkSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import type { PkiError } from '../../error.ts';
import { caKey, cluster, codeOf, everything, freshFolder, generate, opened, wholeText } from './_tree.test.ts';
import { lockFile, openOutput } from './index.ts';

test('a folder that is missing or empty has no generation, and opening it makes nothing', (t) => {
  const folder = freshFolder(t);
  for (const write of [false, true]) {
    const output = openOutput({ folder: `${folder}/`, write });
    t.is(output.generation, 0);
    t.is(output.cluster, undefined);
    output.close();
    t.false(existsSync(folder));
  }
  mkdirSync(folder);
  mkdirSync(join(folder, 'lost+found'));
  openOutput({ folder, write: true }).close();
  t.is(everything(folder).length, 1);
});

test('the current generation is read back, and nothing is written by that', async (t) => {
  const folder = freshFolder(t);
  await generate(folder, 'one');
  const before = everything(folder);
  const output = openOutput({ folder, write: false });
  t.is(output.generation, 1);
  t.is(output.cluster, cluster);
  t.is(output.plan?.cluster.name, cluster);
  t.is(output.read(caKey.path), 'one authorities/ca.key\n');
  t.true(output.has(caKey.path));
  const refusal = codeOf(() => output.read('plan.json'));
  t.is(refusal, 'FILE_UNKNOWN');
  t.deepEqual(everything(folder), before);
});

test('a file that is gone, too large or a pipe is not read', async (t) => {
  const folder = freshFolder(t);
  await generate(folder, 'one');
  const output = openOutput({ folder, write: false });
  const refusal = () => codeOf(() => output.read(caKey.path));
  const path = join(folder, 'current', caKey.path);
  truncateSync(path, 17 * 2 ** 20);
  t.is(refusal(), 'FILE_UNREADABLE');
  unlinkSync(path);
  t.false(output.has(caKey.path));
  t.is(refusal(), 'READ_FAILED');
  spawnSync('mkfifo', [path]);
  t.is(refusal(), 'FILE_UNREADABLE');
});

test('a pipe in place of what is locked is refused, and not waited for', (t) => {
  const path = freshFolder(t);
  spawnSync('mkfifo', [path]);
  const refusal = codeOf(() => lockFile(path));
  t.is(refusal, 'LOCK_FAILED');
});

test('one run at a time has the folder, and readers are not kept out', async (t) => {
  const folder = freshFolder(t);
  await generate(folder, 'one');
  const first = opened(t, folder);
  const error = t.throws<PkiError>(() => openOutput({ folder, write: true }), { code: 'BUSY' });
  t.is(error?.fault, 'busy');
  t.is(wholeText(folder), 'one');
  first.close();
  t.notThrows(() => opened(t, folder));
});

test('a run that was killed with the lock held keeps nobody out', async (t) => {
  const folder = freshFolder(t);
  await generate(folder, 'one');
  const args = ['-x', join(folder, '.kubepki'), 'cat'];
  const holder = spawn('flock', args, { stdio: ['pipe', 'pipe', 'ignore'], detached: true });
  holder.on('error', () => undefined);
  if (holder.pid === undefined) {
    t.pass('flock is missing');
    return;
  }
  holder.stdin.write('held\n');
  await once(holder.stdout, 'data');
  const refusal = codeOf(() => openOutput({ folder, write: true }));
  t.is(refusal, 'BUSY');
  process.kill(-holder.pid, 'SIGKILL');
  await once(holder, 'close');
  t.notThrows(() => opened(t, folder));
});

test('what killed runs left is removed by the next run that writes, and by no reader', async (t) => {
  const folder = freshFolder(t);
  await generate(folder, 'one');
  const names = () => everything(folder).map((line) => line.split(' ')[0]);
  const clean = names();
  mkdirSync(join(folder, 'generations/.0002-00ff.tmp/authorities'), { recursive: true });
  writeFileSync(join(folder, 'generations/.0002-00ff.tmp/authorities/ca.key'), 'key');
  symlinkSync('generations/0002', join(folder, '.current-00ff.tmp'));
  const left = names();
  wholeText(folder);
  t.deepEqual(names(), left);
  opened(t, folder);
  t.deepEqual(names(), clean);
});

test('a marker that a killed run left empty is filled by the next', async (t) => {
  const folder = freshFolder(t);
  mkdirSync(folder);
  writeFileSync(join(folder, '.kubepki'), '');
  t.is(openOutput({ folder, write: false }).cluster, undefined);
  await generate(folder, 'one');
  t.is(openOutput({ folder, write: false }).cluster, cluster);
});
