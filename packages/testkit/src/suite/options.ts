import assert from 'node:assert/strict';
import { PkiError } from '@kubepki/core';
import { z } from 'zod';
import { during, refusal } from './explain.ts';
import type { Rules } from './rules.ts';

type Named = { readonly name: string };

/** What a factory of components and one of emitters have in common. */
export type Factory<Plugin extends Named> = { readonly options: z.ZodType; from(options: unknown): Plugin };

/** A plugin with some of its options. */
export type Variant<Plugin> = { readonly title: string; make(): Plugin };

/** The plugin by default, and with each of the options that its author gives. */
export function variants<Plugin extends Named>(
  make: Factory<Plugin>,
  options: readonly unknown[],
): readonly Variant<Plugin>[] {
  return [
    { title: 'by default', make: () => make.from({}) },
    ...options.map((value) => ({ title: `with ${JSON.stringify(value)}`, make: () => make.from(value) })),
  ];
}

/** What must hold for the options of a plugin. */
export function optionRules<Plugin extends Named>(
  make: Factory<Plugin>,
  { what, options }: { readonly what: string; readonly options: readonly unknown[] },
): Rules {
  return {
    'goes by its own name': () => {
      for (const { title, make: made } of variants(make, options)) {
        const { name } = during(`${what} ${title}`, made);
        assert.ok(what.endsWith(` ${name}`), `${what} ${title}: it says that its name is ${name}`);
        assert.match(name, /^[a-z][a-z0-9-]*$/, `${what}: a name has lower-case letters, digits and - alone`);
      }
    },
    'has a default for every option': () => {
      for (const nothing of [undefined, {}]) during(`${what} without options`, () => make.from(nothing));
      for (const { title, make: made } of variants(make, options)) during(`${what} ${title}`, made);
    },
    'can do without each option alone': () => {
      const { required = [] } = z.toJSONSchema(make.options, { io: 'input', unrepresentable: 'any' });
      assert.deepEqual(required, [], `${what}: its schema demands ${required.join(', ')}; give a default`);
      for (const value of options) {
        for (const name of Object.keys(Object(value))) {
          const { [name]: _, ...rest } = value as Record<string, unknown>;
          during(`${what} without ${name}, with ${JSON.stringify(rest)}`, () => make.from(rest));
        }
      }
    },
    'refuses what is none of its options': () => {
      for (const wrong of [{ 'no-such-option': true }, [], 'text', 7]) {
        const shown = JSON.stringify(wrong);
        const error = refusal(`${what} with the options ${shown}`, () => make.from(wrong));
        assert.ok(error instanceof PkiError, `${what} takes ${shown} for its options; make them a z.strictObject`);
      }
    },
  };
}
