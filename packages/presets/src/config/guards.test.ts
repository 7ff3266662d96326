import {
  type ContentFile,
  type Credential,
  defineEmitter,
  type Emitter,
  generate,
  type Issuer,
  localIssuer,
  memoryTree,
  PkiError,
  softwareSigner,
} from '@kubepki/core';
import test from 'ava';
import { z } from 'zod';
import { isMaker } from '../catalog.ts';
import { assemble, clusterFileSchema, configFailure, readClusterValue } from '../index.ts';
import { guardEmitter } from './guard-emitter.ts';
import { guardIssuers } from './guard-issuers.ts';

const cluster = { nodes: [{ name: 'cp-1', addresses: ['10.0.0.11'] }] };

test('Nothing of a key is repeated of what an emitter throws while it reads', (t) => {
  const bad: Emitter = {
    name: 'bad',
    *files() {},
    render: () => '',
    read: (text) => {
      throw new TypeError(text);
    },
  };
  const guarded = guardEmitter(bad) as Emitter;
  const file: ContentFile = { path: 'a/key', mode: 0o600, secret: true, holds: [] };
  const error = t.throws(() => guarded.read?.('-----BEGIN x', file), { instanceOf: PkiError, code: 'EMITTER_FAILED' });
  t.is(error?.message, 'emitter bad failed to read a/key back: TypeError');
  t.is(error?.cause, undefined);
  const vague = guardEmitter({ ...bad, read: () => 'text' as unknown as string[] }) as Emitter;
  t.throws(() => vague.read?.('', file), { message: /reads something else than texts/ });
});

test('A guarded emitter has what its host lends it, and the random bytes of the run', (t) => {
  const sealed = defineEmitter({
    name: 'sealed',
    options: z.strictObject({}),
    emitter: (_, host) => ({ *files() {}, render: (_file, _get, random) => `${host?.readSecret('k')} ${random(2)}` }),
  });
  const guarded = guardEmitter(sealed);
  if (!isMaker(guarded)) return t.fail();
  const emitter = guarded.from({}, { readSecret: (path) => `of ${path}` });
  const file: ContentFile = { path: 'a', mode: 0o600, secret: true, holds: [] };
  t.is(
    emitter.render(
      file,
      () => '',
      (count) => new Uint8Array(count),
    ),
    'of k 0,0',
  );
});

test('An issuer that gives another certificate than it was asked for is refused with what differs', async (t) => {
  const issuers = async ({ certificate, key }: Credential): Promise<Issuer | undefined> => {
    if (certificate === undefined || key === undefined) return undefined;
    const honest = localIssuer({ certificate, signer: softwareSigner(key) });
    const life = (seconds: number) =>
      ({ from: 'backdate', backdate: 300, counts: 'life', cut: true, validity: seconds }) as const;
    return {
      certificate,
      issue: (request) => honest.issue({ ...request, template: { ...request.template, life: life(3600) } }),
    };
  };
  const { file, facts } = readClusterValue(cluster, { schema: clusterFileSchema });
  const assembled = assemble(file, facts);
  const run = async () => {
    for await (const _ of generate({ ...assembled, issuers: guardIssuers(issuers, 'c.ts'), tree: memoryTree() }));
  };
  await t.throwsAsync(run(), {
    code: 'ISSUER_FAILED',
    message: /^c\.ts: issuers for ca gives another certificate for O=\S+, CN=kubernetes-admin: life /,
  });
});

test('What was thrown is told in one line, without what looks like a key', (t) => {
  const told = (error: unknown) => configFailure(error, { where: 'c.ts:3' }).message;
  t.is(told(new Error('a\nb')), 'c.ts:3: it failed while it was loaded: a');
  t.is(
    told(new Error('Transform failed with 1 error:\n/x/c.ts:2:20: ERROR: Unexpected "}"')),
    'c.ts:3: it failed while it was loaded: Transform failed with 1 error: /x/c.ts:2:20: ERROR: Unexpected "}"',
  );
  t.is(told(new RangeError('-----BEGIN PRIVATE KEY-----')), 'c.ts:3: it failed while it was loaded: RangeError');
  t.is(told('x'), 'c.ts:3: it failed while it was loaded: it threw');
  t.is(told(new PkiError('X', 'no')), 'c.ts:3: no');
});
