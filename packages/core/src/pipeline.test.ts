import { X509Certificate } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { existingTree } from './changes/existing-tree.ts';
import type { Credential } from './credential.ts';
import type { Emitter, File } from './emit/file.ts';
import { memoryTree } from './emit/tree/memory.ts';
import { openOutput } from './emit/tree/output.ts';
import { stagedTree } from './emit/tree/staged.ts';
import { type GenerateInput, generate } from './pipeline.ts';
import { authority, server } from './plan/component.ts';
import type { Plan } from './plan/plan.ts';
import { newOutput, now, readCurrent, run } from './testing/folder-run.ts';
import { component, layout, pairs, smallPlan } from './testing/small.ts';

const emitters = [pairs];

async function inMemory(plan: Plan, more: Partial<GenerateInput> = {}) {
  const tree = memoryTree();
  const made: Credential[] = [];
  for await (const credential of generate({ plan, emitters, layout, tree, now, ...more })) made.push(credential);
  return { tree, made };
}

test('credentials come in plan order, and certificates are signed by their authorities', async (t) => {
  const { tree, made } = await inMemory(smallPlan());
  t.deepEqual(
    made.map(({ spec }) => spec.id),
    ['ca', 'sa', 'reader', 'x@a', 'x@b'],
  );
  const file = (path: string) => new X509Certificate(tree.files.get(path)?.text ?? '');
  t.true(file('x@a.crt').verify(file('ca.crt').publicKey));
  t.true(file('reader.crt').checkIssued(file('ca.crt')));
  t.is(tree.files.get('x@a.key')?.mode, 0o600);
});

test('a chain holds the authorities between a leaf and the one that signs itself, and an authority stands alone', async (t) => {
  const day = 86_400;
  const plan = smallPlan({
    components: [
      component('three', [
        authority({ name: 'root', commonName: 'root', serves: ['top'] }),
        authority({ name: 'middle', commonName: 'middle', issuer: 'top', serves: ['below'], validity: 950 * day }),
        authority({ name: 'low', commonName: 'low', issuer: 'below', serves: ['x/server'], validity: 900 * day }),
        server({ name: 'x', node: 'a', issuer: 'x/server', commonName: 'x', sans: { dns: ['x'], ips: [] } }),
      ]),
    ],
  });
  const { tree } = await inMemory(plan);
  const text = (path: string) => tree.files.get(path)?.text ?? '';
  const chain = text('x@a.crt').match(/-----BEGIN[^-]+-----[^-]+-----END[^-]+-----\n/g) ?? [];
  t.deepEqual(chain.slice(1), [text('low.crt'), text('middle.crt')]);
  const certificates = [...chain, text('root.crt')].map((pem) => new X509Certificate(pem));
  for (const [index, one] of certificates.entries()) t.true(one.verify((certificates[index + 1] ?? one).publicKey));
});

test('a life that time pushes past its authority is cut to it, and says so', async (t) => {
  const path = newOutput(t);
  await run(path, smallPlan());
  const late = new Date(now.getTime() + 950 * 86_400_000);
  const output = openOutput({ folder: path, write: false });
  const plan = smallPlan({ exceptions: { 'x@b': { sans: { dns: ['late'], ips: [] } } } });
  const made: Credential[] = [];
  const input = { plan, emitters, layout, existing: existingTree({ output, emitters }), tree: memoryTree(), now: late };
  for await (const credential of generate(input)) if (credential.made) made.push(credential);
  t.deepEqual(
    made.map(({ spec, cut }) => [spec.id, cut]),
    [['x@b', true]],
  );
  t.is(made[0]?.certificate?.notAfter.getTime(), Date.parse(new X509Certificate(readCurrent(path, 'ca.crt')).validTo));
});

test('a second run makes nothing, and a changed plan makes what differs alone', async (t) => {
  const path = newOutput(t);
  const first = await run(path, smallPlan());
  t.is(first.made.length, 5);
  const kept = ['ca.crt', 'ca.key', 'sa.key', 'x@b.crt', 'x@b.key'];
  const before = kept.map((file) => readCurrent(path, file));
  const replaced = readCurrent(path, 'x@a.crt');
  const second = await run(path, smallPlan(), { at: new Date(now.getTime() + 86_400_000) });
  t.true(second.idle);
  t.deepEqual(readdirSync(join(path, 'generations')), ['0001']);

  const third = await run(path, smallPlan({ exceptions: { 'x@a': { sans: { dns: ['more'], ips: ['10.0.0.9'] } } } }));
  t.deepEqual(third.makes, [{ id: 'x@a', reasons: ['SAN +DNS:more', 'SAN +IP:10.0.0.9'] }]);
  t.deepEqual(third.made, ['x@a']);
  t.deepEqual(
    kept.map((file) => readCurrent(path, file)),
    before,
  );
  t.not(readCurrent(path, 'x@a.crt'), replaced);
});

test('what is not wanted any longer is left out of the next generation', async (t) => {
  const path = newOutput(t);
  await run(path, smallPlan());
  const smaller = smallPlan({
    policies: [(plan) => ({ ...plan, specs: plan.specs.filter(({ id }) => id !== 'x@b') })],
  });
  const seen = await run(path, smaller);
  t.deepEqual([...seen.drops].sort(), ['x@b.crt', 'x@b.key']);
  t.false(existsSync(join(path, 'current', 'x@b.key')));
});

test('a life that was planned otherwise is a reason, and the clock is none', async (t) => {
  const path = newOutput(t);
  await run(path, smallPlan());
  const later = await run(path, smallPlan(), { at: new Date(now.getTime() + 400 * 86_400_000) });
  t.true(later.idle);
  const shorter = await run(path, smallPlan({ exceptions: { reader: { validity: 86_400 } } }));
  t.deepEqual(shorter.makes, [{ id: 'reader', reasons: ['life 100d → 1d'] }]);
});

test('without its key an authority signs nothing, and what needs no signature still works', async (t) => {
  const path = newOutput(t);
  await run(path, smallPlan());
  rmSync(join(path, 'current', 'ca.key'));
  t.true((await run(path, smallPlan())).idle);

  const more = smallPlan({ exceptions: { x: { sans: { dns: ['more'], ips: [] } } } });
  const error = await t.throwsAsync(run(path, more), { code: 'AUTHORITY_KEY_MISSING' });
  t.like(error, { problems: [{ where: 'ca', message: 'these wait for its key: x@a, x@b' }] });
  t.deepEqual(readdirSync(join(path, 'generations')), ['0001']);

  const renamed = smallPlan({
    policies: [(plan) => ({ ...plan, specs: plan.specs.filter(({ id }) => id !== 'reader') })],
  });
  t.deepEqual((await run(path, renamed)).made, []);
  t.false(existsSync(join(path, 'current', 'ca.key')));
});

test('a key that was taken away and comes back signs again', async (t) => {
  const path = newOutput(t);
  await run(path, smallPlan());
  const key = join(path, '..', 'ca.key');
  renameSync(join(path, 'current', 'ca.key'), key);
  const fewer = smallPlan({
    policies: [(plan) => ({ ...plan, specs: plan.specs.filter(({ id }) => id !== 'reader') })],
  });
  await run(path, fewer);
  renameSync(key, join(path, 'current', 'ca.key'));
  t.deepEqual((await run(path, smallPlan())).made, ['reader']);
  t.true(existsSync(join(path, 'current', 'ca.key')));
});

test('authorities and service-account keys are never made again', async (t) => {
  const cases: readonly [string, (path: string) => void, string][] = [
    ['a certificate that is gone', (path) => rmSync(join(path, 'current', 'ca.crt')), 'AUTHORITY_CERTIFICATE_MISSING'],
    ['a service-account key that is gone', (path) => rmSync(join(path, 'current', 'sa.key')), 'KEY_MISSING'],
    [
      'a key of another',
      (path) => writeFileSync(join(path, 'current', 'ca.key'), readCurrent(path, 'reader.key')),
      'FILES_CHANGED',
    ],
    [
      'a key of another, kept apart',
      (path) => writeFileSync(join(path, '..', 'stick', 'ca.key'), readCurrent(path, 'reader.key')),
      'AUTHORITY_KEY_MISMATCH',
    ],
    [
      'a file that holds no key',
      (path) => writeFileSync(join(path, '..', 'stick', 'ca.key'), 'nothing'),
      'KEY_UNREADABLE',
    ],
  ];
  for (const [what, damage, code] of cases) {
    const path = newOutput(t);
    const apart =
      code.startsWith('AUTHORITY_KEY') || code === 'KEY_UNREADABLE' ? { apart: join(path, '..', 'stick') } : {};
    await run(path, smallPlan(), apart);
    damage(path);
    await t.throwsAsync(run(path, smallPlan(), apart), { code }, what);
    t.deepEqual(readdirSync(join(path, 'generations')), ['0001'], what);
  }
});

test('an authority that ended, or that the plan wants otherwise, stops the run', async (t) => {
  const path = newOutput(t);
  await run(path, smallPlan());
  const after = new Date(now.getTime() + 1001 * 86_400_000);
  await t.throwsAsync(run(path, smallPlan(), { at: after }), { code: 'AUTHORITY_EXPIRED' });
  await t.throwsAsync(run(path, smallPlan({ exceptions: { ca: { keys: 'ecdsa-p384' } } })), {
    code: 'AUTHORITY_DIFFERS',
  });
  await t.throwsAsync(run(path, smallPlan({ exceptions: { sa: { keys: 'rsa-2048' } } })), { code: 'KEY_DIFFERS' });
});

test('a file that somebody changed stops the run, and one that is gone is written anew', async (t) => {
  const path = newOutput(t);
  await run(path, smallPlan());
  writeFileSync(join(path, 'current', 'list'), 'mine');
  const error = await t.throwsAsync(run(path, smallPlan()), { code: 'FILES_CHANGED' });
  t.like(error, { problems: [{ where: 'list' }] });
  rmSync(join(path, 'current', 'list'));
  const seen = await run(path, smallPlan());
  t.deepEqual([seen.writes, seen.made], [['list'], []]);
});

test('with a folder for authorities the tree holds their certificates alone', async (t) => {
  const path = newOutput(t);
  const apart = join(path, '..', 'stick');
  await run(path, smallPlan(), { apart });
  t.false(existsSync(join(path, 'current', 'ca.key')));
  t.true(existsSync(join(path, 'current', 'sa.key')));
  t.true((await run(path, smallPlan(), { apart })).idle);
  const more = smallPlan({ exceptions: { reader: { validity: 86_400 } } });
  await t.throwsAsync(run(path, more), { code: 'AUTHORITY_KEY_MISSING' });
  t.deepEqual((await run(path, more, { apart })).made, ['reader']);
  t.false(existsSync(join(path, 'current', 'ca.key')));
});

test('a run that is stopped leaves nothing', async (t) => {
  const path = newOutput(t);
  const output = openOutput({ folder: path, write: true });
  t.teardown(() => output.close());
  const stop = new AbortController();
  const reading = async () => {
    const input = {
      plan: smallPlan(),
      emitters,
      layout,
      tree: stagedTree(output, { cluster: 'small' }),
      signal: stop.signal,
    };
    for await (const { spec } of generate(input)) if (spec.id === 'reader') stop.abort();
  };
  t.is(await reading().catch((error: unknown) => error), stop.signal.reason);
  t.false(existsSync(path));
});

test('two artifacts for one file are refused before any key is made', async (t) => {
  let keys = 0;
  const source = { make: () => Promise.reject(new Error(String(++keys))) };
  const same = { ...layout, path: () => 'same' };
  const error = await t.throwsAsync(inMemory(smallPlan(), { layout: same, source }), { code: 'FILES_INVALID' });
  t.regex(
    (error as unknown as { problems: { message: string }[] }).problems[0]?.message ?? '',
    /two artifacts want this file: the certificate of ca \(emitter pairs, component small\), and the key of ca \(/,
  );
  t.is(keys, 0);
});

test('an emitter that writes out of the tree, or twice in other letters, is refused', async (t) => {
  const emitter = (...paths: string[]) => ({
    name: 'bad',
    *files() {
      for (const path of paths) yield { path, mode: 0o644, secret: false, holds: [] };
    },
    render: () => '',
  });
  for (const path of ['../x', '/etc/x', 'a//b', 'a/./b', 'a\u0000b', 'C:x', 'x'.repeat(256)]) {
    await t.throwsAsync(inMemory(smallPlan(), { emitters: [emitter(path)] }), { code: 'FILES_INVALID' }, path);
  }
  await t.throwsAsync(inMemory(smallPlan(), { emitters: [emitter('Straße', 'STRAßE')] }), { code: 'FILES_INVALID' });
});

test('what an emitter may not have is refused before any key is made', async (t) => {
  const emitter = (file: File): Emitter => ({ ...pairs, files: () => [file] });
  const bad: readonly File[] = [
    { path: 'plan.json', mode: 0o644, secret: false, holds: [] },
    { path: 'link', link: '../../etc/shadow' },
    { path: 'link', link: '/etc/shadow' },
    { path: 'link', link: 'link' },
  ];
  for (const file of bad) {
    await t.throwsAsync(inMemory(smallPlan(), { emitters: [emitter(file)] }), { code: 'FILES_INVALID' });
  }
});

test('an emitter that asks for what is not of its part is refused', async (t) => {
  const nosy = {
    ...pairs,
    *files() {
      yield { path: 'x', mode: 0o600, secret: true, holds: [{ id: 'x@b', part: 'key' as const }] };
    },
  };
  await t.throwsAsync(inMemory(smallPlan(), { emitters: [nosy] }), { code: 'FILE_HOLDS_NOTHING' });
});

test('an emitter is given what its file says that it holds, and nothing else', async (t) => {
  const nosy: Emitter = {
    ...pairs,
    files: ({ node }) => (node === undefined ? [{ path: 'x', mode: 0o644, secret: false, holds: [] }] : []),
    render: (_file, get) => get({ id: 'ca', part: 'key' }),
  };
  await t.throwsAsync(inMemory(smallPlan(), { emitters: [nosy] }), {
    code: 'FILE_HOLDS_NOTHING',
    message: 'x is not said to hold the key of ca',
  });
});
