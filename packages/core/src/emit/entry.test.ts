import test from 'ava';
import type { Credential } from '../credential.ts';
import { softwareKeys } from '../keys/software.ts';
import { smallPlan } from '../testing/small.ts';
import { entryOf } from './entry.ts';

test('the manifest has the owner that an emitter asks for, and nothing where it asks for none', (t) => {
  const context = { emitter: 'x', fields: 'x', find: () => t.fail() as never, apart: false };
  const file = { path: 'a', mode: 0o640, secret: false, holds: [] };
  const { owner, group } = entryOf({ ...file, owner: 'etcd', group: 'ssl' }, context);
  t.deepEqual([owner, group], ['etcd', 'ssl']);
  t.false('owner' in entryOf(file, context));
});

test("an authority's key is kept apart alone, and with other things only where it is encrypted", async (t) => {
  const spec = smallPlan().specs.find(({ kind }) => kind === 'authority') as Credential['spec'];
  const key = await softwareKeys().make({ id: spec.id, algorithm: 'ecdsa-p256' });
  const context = { emitter: 'x', fields: 'x', find: (): Credential => ({ spec, key, made: true }), apart: true };
  const held = { id: spec.id, part: 'key' } as const;
  const file = { path: 'a', mode: 0o600, secret: true, holds: [held] };
  t.true(entryOf(file, context).apart);
  const several = { ...file, holds: [held, { id: spec.id, part: 'public' }] } as const;
  t.throws(() => entryOf(several, context), {
    code: 'AUTHORITY_KEYS_COPIED',
    message: `a is to hold the key of ${spec.id}, and such keys are kept apart`,
  });
  t.false('apart' in entryOf({ ...several, encrypted: true }, context));
  t.false('apart' in entryOf(several, { ...context, apart: false }));
});
