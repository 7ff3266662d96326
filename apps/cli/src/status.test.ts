import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import test from 'ava';
import { inProcess } from './testing/in-process.ts';
import { openssl } from './testing/openssl.ts';
import { desk } from './testing/program.ts';
import { grownDesk } from './testing/trees.ts';

type Certificate = {
  readonly id: string;
  readonly kind: string;
  readonly node: string | null;
  readonly issuer: string | null;
  readonly notAfter: string;
  readonly ends: string;
  readonly secondsLeft: number;
  readonly state: string;
  readonly renews: string | null;
  readonly fingerprint: string;
  readonly counts: boolean;
  readonly under: boolean;
  readonly files: readonly string[];
};
type Json = { readonly certificates: readonly Certificate[]; readonly under: readonly string[] };

const day = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * day);
/** A table's rows, each by its cells. */
const rowsOf = (stdout: string) =>
  stdout
    .split('\n\n')[0]
    ?.split('\n')
    .map((line) => line.split(/ {2,}/)) ?? [];

test('Everything with an end is a row, the first end first, with node, issuer, end, time left and fingerprint', async (t) => {
  const own = await grownDesk(t);
  const { status, stdout, stderr } = await own.kubepki(['status']);
  t.deepEqual({ status, stderr }, { status: 0, stderr: '' });
  const [head, ...rows] = rowsOf(stdout);
  t.deepEqual(head, ['ID', 'NODE', 'KIND', 'ISSUER', 'ENDS', 'LEFT', 'FINGERPRINT', 'REMARKS']);
  t.deepEqual(rows[0]?.slice(0, 4), ['super-admin', '-', 'person', 'ca']);
  t.deepEqual(rows.at(-1)?.slice(0, 4), ['front-proxy-ca', '-', 'authority', 'front-proxy-ca']);
  const ends = rows.map((row) => row[4] ?? '');
  t.deepEqual(ends, ends.toSorted());
  const apiserver = new X509Certificate(
    readFileSync(own.path(own.current('nodes/cp-1/etc/kubernetes/pki/apiserver.crt'))),
  );
  const fingerprint = `X509SHA256=${createHash('sha256').update(apiserver.raw).digest('hex')}`;
  const end = new Date(apiserver.validTo).toISOString().replace('.000', '');
  const row = rows.find(([id]) => id === 'apiserver@cp-1');
  t.deepEqual(row?.toSpliced(5, 1), ['apiserver@cp-1', 'cp-1', 'server', 'ca', end, fingerprint]);
  t.regex(row?.[5] ?? '', /^36\dd$/);
  t.is(rows.find(([id]) => id === 'kubelet/client@w-1')?.at(-1), 'renews itself');
  t.regex(stdout, /\n\d\d certificates; the next to end is super-admin, on [\d-]+, in 29d\n$/);
});

test('--fail-under ends with 2 where something ends too early, and says what and what does not count', async (t) => {
  const own = await grownDesk(t);
  const fine = await inProcess(['status', own.path('pki'), '--fail-under', '30d']);
  t.is(fine.status, 0);
  t.regex(fine.stdout, /\nof \d\d certificates none ends within 30d\n$/);
  t.regex(fine.stdout, /\nnot counted: 2 certificates of kubelet\/client: renewed by the process that has it\n/);
  t.regex(fine.stdout, /\nnot counted: super-admin: planned to live no longer than 30d\n/);
  const early = await inProcess(['status', own.path('pki'), '--fail-under', '20d'], { now: inDays(15) });
  t.is(early.status, 2);
  t.regex(early.stdout, /\nof \d\d certificates 1 ends within 20d: super-admin \(14d\)\n$/);
  t.regex(early.stdout, /^super-admin .* within 20d$/m);
  const late = await inProcess(['status', own.path('pki'), '--fail-under', '0s', '--json'], { now: inDays(366) });
  t.is(late.status, 2);
  const { certificates, under } = JSON.parse(late.stdout) as Json;
  t.true(under.includes('apiserver@cp-1'));
  for (const { id, state, renews, under: isUnder, kind } of certificates) {
    t.is(state, kind === 'authority' ? 'good' : 'expired', id);
    t.is(isUnder, kind !== 'authority' && renews === null, id);
    t.is(under.includes(id), isUnder, id);
  }
});

test('--json has each certificate with all that is known of it', async (t) => {
  const own = await grownDesk(t);
  const { status, stdout } = await own.kubepki(['status', '--json', '-o', 'pki/']);
  t.is(status, 0);
  const { now, certificates, ...rest } = JSON.parse(stdout) as Json & { readonly now: string };
  t.deepEqual(rest, {
    trees: [{ folder: 'pki/', cluster: 'two', generation: 1 }],
    failUnder: null,
    under: [],
    metrics: null,
    problems: [],
    notes: [],
  } as object);
  const scheduler = certificates.find(({ id }) => id === 'scheduler@cp-1') ?? t.fail();
  t.deepEqual(Object.keys(scheduler), [
    'id',
    'kind',
    'node',
    'issuer',
    'begins',
    'notAfter',
    'ends',
    'endsWith',
    'secondsLeft',
    'state',
    'renews',
    'serial',
    'fingerprint',
    'tree',
    'files',
    'counts',
    'under',
  ]);
  t.deepEqual(scheduler.files, ['nodes/cp-1/etc/kubernetes/scheduler.conf']);
  t.is(scheduler.secondsLeft, Math.floor((Date.parse(scheduler.ends) - Date.parse(now)) / 1000));
  t.deepEqual(
    certificates.filter(({ counts }) => !counts).map(({ id }) => id),
    ['kubelet/client@cp-1', 'kubelet/client@w-1'],
  );
});

test('A terminal gets a table that is no wider than it, with bars where there is room', async (t) => {
  const own = await grownDesk(t);
  const at = async (columns: number) => {
    const { stdout } = await inProcess(['status', own.path('pki')], { columns });
    const plain = stdout.replaceAll(/<\w+>|<\/>/g, '');
    const lines = plain.split('\n').slice(2, -3);
    t.true(lines.length > 15);
    for (const line of lines) t.true(line.length <= columns, `${columns}: ${line}`);
    return { stdout, lines };
  };
  const wide = await at(140);
  t.regex(wide.stdout, /^<bold>two: generation 0001, in /);
  t.regex(wide.stdout, /^<bold>super-admin +<\/> .* 29d {2}█{20} {2}person$/m);
  t.regex(wide.stdout, /^<bold>ca +<\/> .* authority$/m);
  t.regex(wide.stdout, /^<dim>kubelet\/client@w-1 +w-1 .* renews itself<\/>$/m);
  const middle = await at(80);
  t.true(middle.lines.some((line) => line.includes('█')));
  const narrow = await at(66);
  t.false(narrow.lines.some((line) => line.includes('█')));
  const narrowest = await at(50);
  t.true(narrowest.lines.some((line) => line.startsWith('…')));
  const fingerprints = await inProcess(['status', own.path('pki'), '--fingerprints'], { columns: 80 });
  t.regex(fingerprints.stdout, /authority\n<dim> {2}X509SHA256=[0-9a-f]{64}<\/>\n/);
});

test('Colour says nothing that words do not', async (t) => {
  const own = await grownDesk(t);
  const at = (days: number, ...args: readonly string[]) =>
    inProcess(['status', own.path('pki'), ...args], { now: inDays(days), columns: 120 });
  t.regex((await at(31)).stdout, /^<red><bold>super-admin +<\/> .* -24h .*░{20}.* expired<\/>$/m);
  const late = await at(400);
  t.regex(late.stdout, /^<red>apiserver@cp-1 .* expired<\/>$/m);
  t.regex(late.stdout, /^<dim>kubelet\/client@w-1 .* expired, renews itself<\/>$/m);
  t.regex((await at(25)).stdout, /^<yellow><bold>super-admin .* ends soon<\/>$/m);
  t.regex((await at(-10)).stdout, /^<red>apiserver@cp-1 .* not yet valid<\/>$/m);
  t.regex((await at(0, '--fail-under', '365d')).stdout, /^<red>apiserver@cp-1 .* within 1y<\/>$/m);
});

test('A clock before the certificates began is told', async (t) => {
  const own = await grownDesk(t);
  const now = new Date('2026-01-02T03:04:05Z');
  const { status, stdout } = await inProcess(['status', own.path('pki')], { now });
  t.is(status, 0);
  t.regex(
    stdout,
    /\nthis machine's clock says 2026-01-02 03:04 UTC, and \d\d certificates had not begun then, the last [\d-]+ [\d:]+ UTC: is it right\?\n/,
  );
  t.is((await inProcess(['status', own.path('pki'), '--fail-under', '1d'], { now })).status, 2);
});

test('A certificate from the future and one that is over are told as such', async (t) => {
  const own = desk(t);
  openssl(own, 'ca', { days: 5 });
  const at = async (days: number) => (await inProcess(['status', own.path('ca.crt')], { now: inDays(days) })).stdout;
  t.regex(await at(-1), / not yet valid\n/);
  t.regex(await at(6), / -24h +X509SHA256=\w+ +expired\n\n1 certificate, 1 expired\n$/);
});

test('--metrics writes what is there instead of a table', async (t) => {
  const own = await grownDesk(t);
  const { status, stdout } = await own.kubepki(['status', '--metrics', 'a.prom', '--fail-under', '30d'], {
    umask: '077',
  });
  t.is(status, 0);
  t.notRegex(stdout, /apiserver/);
  t.regex(stdout, /none ends within 30d\nmetrics in a\.prom\n$/);
  const text = own.read('a.prom');
  t.regex(
    text,
    /^kubepki_certificate_expiration_timestamp_seconds\{id="apiserver@cp-1",node="cp-1",issuer="ca"\} \d{10}$/m,
  );
  t.false(text.includes('kubelet/client'));
  t.regex(own.look()['a.prom'] ?? '', /^ 644 /);
  const json = await inProcess(['status', own.path('pki'), '--json', '--metrics', own.path('b.prom')]);
  t.is(JSON.parse(json.stdout).metrics, own.path('b.prom'));
  t.is(own.read('b.prom'), text);
});
