import test from 'ava';
import { z } from 'zod';
import { type ComponentFactory, defineComponent } from './component.ts';

const definition = { options: z.strictObject({ port: z.int().default(443) }), *plan() {} };
const logs = defineComponent({ name: 'logs', ...definition });

test('the compiler knows the name of a component that is defined, and its options', (t) => {
  t.is(logs.component satisfies 'logs', 'logs');
  // @ts-expect-error it has another name
  t.is(logs.component satisfies 'metrics', 'logs');
  // @ts-expect-error it has no such option
  t.throws(() => logs({ prot: 443 }), { code: 'PLUGIN_OPTIONS' });
});

test('a name that is known when the program runs is a name as well', (t) => {
  const all: readonly ComponentFactory[] = ['a', 'b'].map((name) => defineComponent({ name, ...definition }));
  t.deepEqual(
    [...all, logs].map(({ component }) => component),
    ['a', 'b', 'logs'],
  );
});

test('a name that no component can have is refused where it is defined', (t) => {
  for (const name of ['', 'Upper', '1st', 'a_b', 'a b', '-a', undefined as unknown as string]) {
    t.throws(() => defineComponent({ name, ...definition }), {
      code: 'PLUGIN_NAME',
      message: `component ${JSON.stringify(name)}: this cannot be the name of a plugin`,
    });
  }
});
