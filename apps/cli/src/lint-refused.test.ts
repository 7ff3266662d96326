import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import type { Problem } from '@kubepki/core';
import { contentsOf } from '@kubepki/status';
import test from 'ava';
import { judge } from './lint/judge.ts';
import { kubeconfig, openssl } from './testing/openssl.ts';
import { desk } from './testing/program.ts';
import { unjudged } from './testing/unjudged.ts';

test('What cannot be judged is bad input, and all of it is told by its file', async (t) => {
  const own = desk(t);
  const made = Object.entries(unjudged).map(([what, [make, says]], index) => {
    const file = `a${index}`;
    make(own, file);
    return { what, file, says };
  });
  const { status, stdout, stderr } = await own.kubepki(['lint', '--json', ...made.map(({ file }) => file)]);
  t.is(status, 65);
  const { code, problems } = JSON.parse(stdout).error as { code: string; problems: Problem[] };
  t.is(code, 'LINT_UNREADABLE');
  for (const { what, file, says } of made) {
    const its = problems.filter(({ where }) => where.split(/[ :]/)[0] === file);
    t.regex(its.map(({ where, message, hint }) => `${where}: ${message}; ${hint}`).join('\n'), says, what);
  }
  t.notRegex(stderr, /\n\s+at |\bbug\b/);
});

test('A folder without certificates, and a file alone, are told in one line', async (t) => {
  const own = desk(t);
  mkdirSync(own.path('d'));
  own.write('d/a.key', 'x');
  const folder = await own.kubepki(['lint', 'd']);
  t.is(folder.status, 65);
  t.regex(folder.stderr, /^error: there is no certificate in it\nhint: a folder is searched /);
  const file = await own.kubepki(['lint', 'd/a.key']);
  t.deepEqual([file.status, file.stdout], [65, '']);
  t.regex(file.stderr, /^error: d\/a\.key: it holds no certificate\nhint: PEM, DER or a kubeconfig /);
});

test('Wrong usage is told as such', async (t) => {
  const own = desk(t);
  for (const [args, says] of [
    [[], /which files\?/],
    [['--profile', 'kubeadn', 'a'], /there is no profile "kubeadn"/],
    [['--dry-run', 'a'], /belongs to generate/],
  ] as const) {
    const { status, stderr } = await own.kubepki(['lint', ...args]);
    t.is(status, 64);
    t.regex(stderr, says);
  }
});

test('In a folder a certificate that cannot be read is told, and what is none by its name is passed over', async (t) => {
  const own = desk(t);
  mkdirSync(own.path('d'));
  openssl(own, 'd/ca');
  own.write('d/notes.json', '{"kind": "Config"');
  own.write('d/plan.yaml', 'a: [');
  own.write('d/README', 'a certificate');
  own.write('d/blob', Buffer.alloc(2 ** 21).toString('latin1'));
  execFileSync('mkfifo', [own.path('d/fifo.crt'), own.path('d/fifo')]);
  const fine = await own.kubepki(['lint', 'd']);
  t.deepEqual([fine.status, fine.stderr], [0, '']);
  own.write('d/broken.crt', '');
  symlinkSync('nowhere', own.path('d/link.crt'));
  const { status, stderr } = await own.kubepki(['lint', 'd']);
  t.is(status, 65);
  t.regex(stderr, /2 problems\n {2}d\/link\.crt: it is a link to nothing\n {2}d\/broken\.crt: it holds no certificate/);
});

test('A file that may not be read is told by its name', async (t) => {
  const own = desk(t);
  openssl(own, 'ca');
  chmodSync(own.path('ca.crt'), 0);
  const isRoot = process.getuid?.() === 0;
  const { status, stderr } = await own.kubepki(['lint', 'ca.crt']);
  // Root reads everything.
  t.is(status, isRoot ? 0 : 65);
  if (!isRoot) t.regex(stderr, /^error: ca\.crt: it may not be read \(EACCES\)/);
});

test('A certificate that is no DER breaks a rule, and its neighbours are judged', async (t) => {
  const own = desk(t);
  openssl(own, 'ca');
  const pem = own.read('ca.crt');
  own.write('two.pem', `${pem.replace('MI', 'MJ')}${pem}`);
  const { status, stdout } = await own.kubepki(['lint', 'two.pem']);
  t.is(status, 2);
  t.regex(stdout, /^two\.pem #1 {2}unreadable\n {2}error {4}der: /);
  t.regex(stdout, /\n2 certificates in 1 file: 1 error, 0 warnings\n$/);
});

test('Neither a key nor what a terminal would obey is printed', async (t) => {
  const own = desk(t);
  openssl(own, 'evil', { subject: '/CN=a\u001b[31m\u202e\nb/O=\u001b]0;x\u0007' });
  const file = 'e\u001b[2J.pem';
  own.write(file, `${own.read('evil.crt')}${own.read('evil.key')}`);
  own.write('evil.conf', kubeconfig('x', own.read('evil.crt'), own.read('evil.key')));
  for (const args of [
    ['lint', file],
    ['lint', '--json', file],
    ['lint', 'evil.conf'],
    ['lint', 'evil.key'],
  ]) {
    const { stdout, stderr } = await own.kubepki(args);
    const secret = own.read('evil.key').split('\n')[1] ?? 'x';
    t.false((stdout + stderr).includes(secret));
    t.false((stdout + stderr).includes(Buffer.from(own.read('evil.key')).toString('base64').slice(0, 40)));
    t.notRegex(stdout + stderr, /[^\P{C}\n]/u, args.join(' '));
  }
});

test('Of 3,000 files with wrong bytes each is judged or refused', (t) => {
  const own = desk(t);
  openssl(own, 'ca');
  const pem = Buffer.from(own.read('ca.crt'));
  const der = execFileSync('openssl', ['x509', '-in', own.path('ca.crt'), '-outform', 'DER']);
  const conf = Buffer.from(JSON.stringify(kubeconfig(`${pem}`, `${pem}`, own.read('ca.key'))));
  let seed = 1;
  const random = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % below;
  };
  const { signal } = new AbortController();
  let judged = 0;
  for (let run = 0; run < 3_000; run++) {
    const bytes = Buffer.from([pem, der, conf][run % 3] ?? pem);
    for (let flip = 0; flip <= run % 4; flip++) bytes[random(bytes.length)] = random(256);
    const { found, problems } = contentsOf({ path: 'a', named: true }, bytes);
    t.true(found.length > 0 || problems.length > 0);
    for (const { findings } of judge(found, { waives: [], signal })) judged += findings.length;
  }
  t.true(judged > 1_000);
});
