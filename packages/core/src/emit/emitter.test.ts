import test from 'ava';
import { z } from 'zod';
import { defineEmitter, type EmitterFactory } from './emitter.ts';

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

test('a name that no emitter can have is refused where it is defined', (t) => {
  for (const name of ['', 'Upper', '1st', 'a_b', 'a b', '-a', undefined as unknown as string]) {
    t.throws(() => defineEmitter({ name, ...definition }), {
      code: 'PLUGIN_NAME',
      message: `emitter ${JSON.stringify(name)}: this cannot be the name of a plugin`,
    });
  }
});
