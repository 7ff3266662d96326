import { cpSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { callsIn, hasStrace, type SystemCall, trace } from '@kubepki/injection';
import test from 'ava';
import { freshFolder, lying, put, recover, runOf, state } from './_place.test.ts';

const program = fileURLToPath(new URL('_run.test.ts', import.meta.url));

const traced = hasStrace ? test.serial : test.serial.skip;
if (!hasStrace) test('strace is missing, so system calls are not looked at', (t) => t.log('skipped') ?? t.pass());

const changes = ({ name, text }: SystemCall) =>
  name !== 'close' && (name !== 'openat' || (/O_WRONLY|O_RDWR|O_CREAT/.test(text) && !text.includes('EEXIST')));
const open = (text: string) => /^\w+\(\d+<([^>]*)>/.exec(text)?.[1] ?? '';
const named = (text: string) => [...text.matchAll(/"([^"]*)"/g)].map(([, path = '']) => path);

for (const umask of ['000', '022', '777']) {
  traced(`with umask ${umask} no file is ever open to others, and all is stored before it has its name`, async (t) => {
    const folder = freshFolder(t);
    const log = join(dirname(folder), 'log');
    const { ok, output } = await trace({ program, log }, [folder, 'old', umask]);
    t.true(ok, output);
    t.is(runOf(folder), 'old');
    const calls = callsIn(log, dirname(folder));
    const made = calls.filter(({ name, text }) => name === 'openat' && text.includes('O_CREAT'));
    t.true(made.length >= 7);
    for (const { text } of made) t.regex(text, /O_WRONLY\|O_CREAT\|O_EXCL\|O_NOFOLLOW\|O_CLOEXEC, 0600\)/);
    for (const { text } of calls.filter(({ name }) => name.startsWith('mkdir'))) t.regex(text, /, 0700\)/);

    const renames = calls.flatMap((call, index) =>
      call.name.startsWith('rename') ? [{ index, paths: named(call.text) }] : [],
    );
    const moving = renames.filter(({ paths }) => paths[1]?.endsWith('/journal.json'))[1]?.index ?? -1;
    const stored = (until: number) =>
      new Set(calls.slice(0, until).flatMap(({ name, text }) => (name === 'fsync' ? [open(text)] : [])));
    for (const {
      index,
      paths: [from = '', to = ''],
    } of renames) {
      if (!from.includes('.kubepki-')) continue;
      t.true(index > moving, to);
      t.true(stored(moving).has(from) || to.endsWith('current.pem'), from);
      t.true(stored(moving).has(dirname(to)), to);
      t.true(stored(index).has(join(folder, state)), to);
    }
    const last = calls.findIndex(({ name, text }) => name.startsWith('unlink') && text.includes('journal.json"'));
    const after = Math.max(
      ...renames.filter(({ paths: [from = ''] }) => from.includes('.kubepki-')).map(({ index }) => index),
    );
    const between = calls
      .slice(after, last)
      .filter(({ name }) => name === 'fsync')
      .map(({ text }) => open(text));
    for (const parent of ['pki', 'var/deep']) t.true(between.includes(join(folder, parent)), parent);
  });
}

traced('a run with nothing to do writes nothing', async (t) => {
  const folder = freshFolder(t);
  put(folder, 'new');
  const log = join(dirname(folder), 'log');
  const { ok, output } = await trace({ program, log }, [folder, 'new']);
  t.true(ok, output);
  const calls = callsIn(log, folder);
  t.true(calls.length > 5);
  t.deepEqual(calls.filter(changes), []);
});

traced('a run that is killed at any system call is finished or taken back by the next', async (t) => {
  const template = freshFolder(t);
  put(template, 'old');
  const parent = dirname(template);
  const copy = (name: string) => {
    const folder = join(parent, name);
    cpSync(template, folder, { recursive: true, verbatimSymlinks: true });
    return folder;
  };
  const probe = copy('probe');
  await trace({ program, log: `${probe}.log` }, [probe, 'new']);
  t.is(runOf(probe), 'new');
  const points = callsIn(`${probe}.log`, probe).filter(changes);
  t.true(points.length > 30);
  const seen: Record<string, number> = {};
  const attempt = async ({ name, count, text }: SystemCall) => {
    const folder = copy(`${name}-${count}`);
    await trace({ program, log: `${folder}.log`, inject: `${name}:signal=KILL:when=${count}` }, [folder, 'new']);
    recover(folder);
    const run = runOf(folder);
    t.true(['old', 'new'].includes(run), text);
    seen[run] = (seen[run] ?? 0) + 1;
    const left = [...lying(folder), ...lying(join(folder, state))].filter((line) => /\.tmp |journal/.test(line));
    t.deepEqual(left, [], text);
    put(folder, 'next');
    t.is(runOf(folder), 'next');
    rmSync(folder, { recursive: true });
  };
  const queue = [...points];
  const worker = async () => {
    for (let point = queue.shift(); point !== undefined; point = queue.shift()) await attempt(point);
  };
  await Promise.all([worker(), worker(), worker()]);
  t.log(`${points.length} runs were killed: ${JSON.stringify(seen)}`);
  t.true((seen.old ?? 0) > 5 && (seen.new ?? 0) > 5);
});
