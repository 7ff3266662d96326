import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import type { PkiError } from '../error.ts';
import { client } from '../plan/component.ts';
import { newOutput, readCurrent, run } from '../testing/folder-run.ts';
import { component, small, smallPlan } from '../testing/small.ts';
import { renewalOf } from './renewal.ts';

const day = 86_400;
const start = new Date('2030-01-01T00:00:00Z');
const before = 30 * day;
const plan = smallPlan();
const later = (days: number) => new Date(start.getTime() + days * day * 1000);

function certificate(path: string, file: string): X509Certificate {
  return new X509Certificate(readCurrent(path, file));
}

/** An output folder as it was made, and a run of renewal over it some days later. */
async function made(t: ExecutionContext, from = plan) {
  const path = newOutput(t);
  await run(path, from, { at: start });
  return {
    path,
    renew: (days: number, names: readonly string[] = [], more: Partial<Parameters<typeof renewalOf>[1]> = {}) => {
      const now = later(days);
      return run(path, from, { at: now, renewal: renewalOf(from, { names, now, before, ...more }) });
    },
  };
}

test('nothing is due before the last thirty days, and then every leaf is', async (t) => {
  const { renew } = await made(t);
  t.true((await renew(69)).idle);
  const { makes } = await renew(71);
  t.deepEqual(
    makes.map(({ id, reasons }) => [id, ...reasons]),
    ['reader', 'x@a', 'x@b'].map((id) => [id, 'ends on 2030-04-10']),
  );
});

test('what has ended is due, and its files fit again afterwards', async (t) => {
  const { path, renew } = await made(t);
  const { made: again } = await renew(200);
  t.deepEqual(again, ['reader', 'x@a', 'x@b']);
  t.is(new Date(certificate(path, 'x@a.crt').validTo).toISOString().slice(0, 10), '2030-10-27');
  t.true((await run(path, plan, { at: later(200) })).idle);
});

test('a short life is due in its last third', async (t) => {
  const short = smallPlan({ exceptions: { reader: { validity: 9 * day } } });
  const { renew } = await made(t, short);
  t.true((await renew(5)).idle);
  t.deepEqual((await renew(7)).made, ['reader']);
});

test('what may do everything, and what its process renews itself, is renewed by its name alone', async (t) => {
  const more = component('more', [
    client({
      name: 'root',
      issuer: 'x/client',
      commonName: 'root',
      organizations: ['system:masters'],
      node: 'a',
      person: true,
    }),
    client({ name: 'proxy', issuer: 'x/client', commonName: 'proxy', organizations: ['system:masters'] }),
    client({ name: 'agent', issuer: 'x/client', commonName: 'agent', renews: 'itself' }),
  ]);
  const { renew } = await made(t, smallPlan({ components: [small(), more] }));
  t.deepEqual((await renew(99)).made, ['reader', 'proxy', 'x@a', 'x@b']);
  t.deepEqual((await renew(99, ['@a'])).made, ['x@a']);
  t.deepEqual((await renew(99, ['root', 'agent'])).made, ['agent', 'root@a']);
});

test('selectors name all of a name, one, and what is on a node', async (t) => {
  const { renew } = await made(t);
  t.deepEqual((await renew(1, ['x'])).made, ['x@a', 'x@b']);
  t.deepEqual((await renew(1, ['x@b'])).made, ['x@b']);
  t.deepEqual((await renew(1, ['@a', 'reader'])).made, ['reader', 'x@a']);
});

test('a renewed leaf has a new key, unless keys are kept', async (t) => {
  const { path, renew } = await made(t);
  const key = readCurrent(path, 'x@a.key');
  const serial = certificate(path, 'x@a.crt').serialNumber;
  await renew(1, ['x@a'], { keepKeys: true });
  t.is(readCurrent(path, 'x@a.key'), key);
  t.not(certificate(path, 'x@a.crt').serialNumber, serial);
  await renew(1, ['x@a']);
  t.not(readCurrent(path, 'x@a.key'), key);
});

test('a renewed certificate is as the plan says, not as the old one was', async (t) => {
  const { path } = await made(t);
  const wider = smallPlan({ exceptions: { x: { sans: { dns: ['more.example'], ips: [] } } } });
  const now = later(1);
  await run(path, wider, { at: now, renewal: renewalOf(wider, { names: ['x'], now, before }) });
  t.is(certificate(path, 'x@a.crt').subjectAltName, 'DNS:a, DNS:more.example');
});

for (const days of [1, 2000]) {
  test(`an authority that is renewed after ${days} days keeps name, key and key identifier, and what it signed stays`, async (t) => {
    const { path, renew } = await made(t);
    const old = certificate(path, 'ca.crt');
    const leaf = readCurrent(path, 'x@a.crt');
    const { made: again } = await renew(days, ['ca'], { authorities: true });
    t.deepEqual(again, ['ca']);
    const its = certificate(path, 'ca.crt');
    t.not(its.serialNumber, old.serialNumber);
    t.true(new Date(its.validTo) > new Date(old.validTo));
    t.deepEqual([its.subject, its.issuer], [old.subject, old.issuer]);
    t.true(its.publicKey.equals(old.publicKey));
    t.is(readCurrent(path, 'x@a.crt'), leaf);
    t.true(certificate(path, 'x@a.crt').checkIssued(its));
  });
}

test('an authority whose key is not at hand cannot be renewed', async (t) => {
  const path = newOutput(t);
  const apart = `${path}-keys`;
  await run(path, plan, { at: start, apart });
  const renewal = renewalOf(plan, { names: ['ca'], now: start, before, authorities: true });
  await t.throwsAsync(run(path, plan, { at: start, renewal }), { code: 'AUTHORITY_KEY_MISSING' });
  t.deepEqual((await run(path, plan, { at: start, renewal, apart })).made, ['ca']);
});

test('a pipe in place of an authority’s key is refused, and not waited for', async (t) => {
  const path = newOutput(t);
  const apart = `${path}-keys`;
  await run(path, plan, { at: start, apart });
  rmSync(join(apart, 'ca.key'));
  spawnSync('mkfifo', [join(apart, 'ca.key')]);
  const renewal = renewalOf(plan, { names: ['ca'], now: start, before, authorities: true });
  await t.throwsAsync(run(path, plan, { at: start, renewal, apart }), { code: 'AUTHORITY_KEYS_UNREADABLE' });
});

test('every name that cannot be renewed is told, with what to do', (t) => {
  const given = smallPlan({ given: { ca: { key: true } } });
  const error = t.throws(() => renewalOf(plan, { names: ['nobody', 'sa', 'x@a', 'ca'], now: start, before }), {
    code: 'RENEWAL_INVALID',
  }) as PkiError;
  t.deepEqual(
    error.problems.map(({ where }) => where),
    ['nobody', 'sa', 'ca'],
  );
  t.regex(error.problems[2]?.hint ?? '', /--same-key/);
  t.throws(() => renewalOf(given, { names: ['ca'], now: start, before, authorities: true }), {
    message: /somebody else/,
  });
});
