import test from 'ava';
import { z } from 'zod';
import { generate } from '../pipeline.ts';
import { layout, smallPlan } from '../testing/small.ts';
import { defineEmitter, type EmitterFactory } from './emitter.ts';
import { memoryTree } from './tree/memory.ts';

const definition = {
  options: z.strictObject({ folder: z.string().default('certs') }),
  emitter: () => ({ *files() {}, render: () => '' }),
};
const haproxy = defineEmitter({ name: 'haproxy', ...definition });

test('the compiler knows the name of an emitter that is defined, and its options', (t) => {
  t.is(haproxy.emitter satisfies 'haproxy', 'haproxy');
  // @ts-expect-error it has another name
  t.is(haproxy.emitter satisfies 'nginx', 'haproxy');
  // @ts-expect-error it has no such option
  t.throws(() => haproxy({ fodler: 'certs' }), { code: 'PLUGIN_OPTIONS' });
});

test('a name that is known when the program runs is a name as well', (t) => {
  const all: readonly EmitterFactory[] = ['a', 'b'].map((name) => defineEmitter({ name, ...definition }));
  t.deepEqual(
    [...all, haproxy].map(({ emitter }) => emitter),
    ['a', 'b', 'haproxy'],
  );
});

test('an emitter has secrets from its host, and what is random from the run', async (t) => {
  const sealed = defineEmitter({
    name: 'sealed',
    options: z.strictObject({ keyFile: z.string().default('key') }),
    emitter: ({ keyFile }, host) => ({
      *files({ node }) {
        if (node === undefined) yield { path: 'sealed', mode: 0o600, secret: true, holds: [] };
      },
      render: (_file, _get, random) => `${host?.readSecret(keyFile)} ${random(3).join()}`,
    }),
  });
  const host = { readSecret: (path: string) => `what ${path} holds` };
  for (const [emitter, secret] of [
    [sealed({ keyFile: 'a' }, host), 'what a holds'],
    [sealed.from({}, host), 'what key holds'],
    [sealed(), 'undefined'],
  ] as const) {
    const tree = memoryTree();
    const random = (count: number) => new Uint8Array(count).fill(7);
    for await (const _ of generate({ plan: smallPlan(), emitters: [emitter], layout, tree, random }));
    t.is(tree.files.get('sealed')?.text, `${secret} 7,7,7`);
  }
});

test('a name that no emitter can have is refused where it is defined', (t) => {
  for (const name of ['', 'Upper', '1st', 'a_b', 'a b', '-a', undefined as unknown as string]) {
    t.throws(() => defineEmitter({ name, ...definition }), {
      code: 'PLUGIN_NAME',
      message: `emitter ${JSON.stringify(name)}: this cannot be the name of a plugin`,
    });
  }
});
