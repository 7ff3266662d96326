import { cpSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { callsIn, hasStrace, type SystemCall, trace } from '@kubepki/injection';
import test from 'ava';
import { everything, freshFolder, generate, wholeText } from './_tree.test.ts';

const program = fileURLToPath(new URL('_run.test.ts', import.meta.url));

const traced = hasStrace ? test.serial : test.serial.skip;
if (!hasStrace) test('strace is missing, so system calls are not looked at', (t) => t.log('skipped') ?? t.pass());

const changes = ({ name, text }: SystemCall) =>
  name !== 'close' && (name !== 'openat' || /O_WRONLY|O_RDWR|O_CREAT/.test(text));
const first = (text: string) => /"([^"]*)"/.exec(text)?.[1] ?? '';
const open = (text: string) => /^\w+\(\d+<([^>]*)>/.exec(text)?.[1] ?? '';

traced('opened for reading, nothing is written', async (t) => {
  const folder = freshFolder(t);
  await generate(folder, 'one');
  const log = join(dirname(folder), 'log');
  const { ok, output } = await trace({ program, log }, [folder, 'read']);
  t.true(ok, output);
  const calls = callsIn(log, folder);
  t.true(calls.length > 5);
  t.deepEqual(calls.filter(changes), []);
});

for (const umask of ['000', '022', '777']) {
  traced(
    `with umask ${umask} no file is ever open to others, and all is stored before it becomes current`,
    async (t) => {
      const folder = freshFolder(t);
      const log = join(dirname(folder), 'log');
      const { ok, output } = await trace({ program, log }, [folder, 'one', umask]);
      t.true(ok, output);
      t.is(wholeText(folder), 'one');
      const calls = callsIn(log, dirname(folder));

      const made = calls.filter(({ text }) => text.includes('O_CREAT'));
      t.is(made.length, 7);
      for (const { text } of made) t.regex(text, /O_WRONLY\|O_CREAT\|O_EXCL\|O_NOFOLLOW\|O_CLOEXEC, 0600\)/);
      for (const { text } of calls.filter(({ name }) => name.startsWith('mkdir'))) t.regex(text, /, 0700\)/);
      for (const { text } of calls.filter(({ name }) => name === 'fchmod')) {
        t.regex(text, text.includes('ca.crt') ? /, 0644\)/ : /, 0600\)/);
      }

      const published = calls.findIndex(
        ({ name, text }) => name.startsWith('rename') && text.includes('/generations/0001"'),
      );
      const current = calls.findIndex(({ name, text }) => name.startsWith('rename') && text.includes('/current"'));
      t.true(published > 0 && current > published);
      const stored = new Set(
        calls.slice(0, published).flatMap(({ name, text }) => (name === 'fsync' ? [open(text)] : [])),
      );
      for (const { name, text } of calls.slice(0, published)) {
        if (text.includes('O_CREAT') || name.startsWith('mkdir'))
          t.true(stored.has(first(text)) || isOutside(text), text);
      }
      t.true(stored.has(dirname(folder)));
      const between = calls.slice(published, current).filter(({ name }) => name === 'fsync');
      t.deepEqual(
        between.map(({ text }) => open(text)),
        [join(folder, 'generations')],
      );
      const after = calls.slice(current).filter(({ name }) => name === 'fsync');
      t.deepEqual(
        after.map(({ text }) => open(text)),
        [folder],
      );
      t.true(calls.every(({ name, text }) => name !== 'write' || open(text).startsWith(folder)));
    },
  );
}

/** The folder of the generations is stored later, when the first one is in it. */
function isOutside(text: string): boolean {
  return text.includes('/generations"');
}

traced('a run that is killed at any system call leaves the earlier generation or the whole next one', async (t) => {
  const template = freshFolder(t);
  await generate(template, 'old');
  const parent = dirname(template);
  const probe = join(parent, 'probe');
  cpSync(template, probe, { recursive: true, verbatimSymlinks: true });
  await trace({ program, log: `${probe}.log` }, [probe, 'new']);
  t.is(wholeText(probe), 'new');
  const points = callsIn(`${probe}.log`, probe).filter(changes);
  t.true(points.length > 30);
  let killed = 0;
  const attempt = async ({ name, count, text }: SystemCall) => {
    const folder = join(parent, `${name}-${count}`);
    cpSync(template, folder, { recursive: true, verbatimSymlinks: true });
    const inject = `${name}:signal=KILL:when=${count}`;
    const { ok } = await trace({ program, log: `${folder}.log`, inject }, [folder, 'new']);
    if (!ok) killed += 1;
    t.true(['old', 'new'].includes(wholeText(folder) ?? ''), text);
    await generate(folder, 'next');
    t.is(wholeText(folder), 'next', text);
    t.deepEqual(
      everything(folder).filter((line) => line.includes('.tmp')),
      [],
      text,
    );
    rmSync(folder, { recursive: true });
  };
  const queue = [...points];
  const worker = async () => {
    for (let point = queue.shift(); point !== undefined; point = queue.shift()) await attempt(point);
  };
  await Promise.all([worker(), worker(), worker()]);
  t.log(`${killed} of ${points.length} runs were killed`);
  t.true(killed > points.length / 2);
});
