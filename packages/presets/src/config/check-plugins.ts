import { kindOf, type Problem } from '@kubepki/core';
import { components, emitters, isMaker, pluginName } from '../catalog.ts';
import { isComponent } from './guard-component.ts';
import { isEmitter } from './guard-emitter.ts';

type Kind = {
  readonly section: 'components' | 'emitters';
  readonly one: string;
  readonly define: string;
  /** Where a maker has its name. */
  readonly field: 'component' | 'emitter';
  /** The names that this package has. */
  readonly own: ReadonlySet<string>;
  isMade(value: unknown): boolean;
};

const componentKind: Kind = {
  section: 'components',
  one: 'a component',
  define: 'defineComponent',
  field: 'component',
  own: new Set(components.map(pluginName)),
  isMade: isComponent,
};
const emitterKind: Kind = {
  section: 'emitters',
  one: 'an emitter',
  define: 'defineEmitter',
  field: 'emitter',
  own: new Set(emitters.map(pluginName)),
  isMade: isEmitter,
};

/** What is wrong with the components that a config lists. */
export function componentProblems(list: readonly unknown[]): Iterable<Problem> {
  return pluginProblems(list, { kind: componentKind, other: emitterKind });
}

/** What is wrong with the emitters that a config lists. */
export function emitterProblems(list: readonly unknown[]): Iterable<Problem> {
  return pluginProblems(list, { kind: emitterKind, other: componentKind });
}

function* pluginProblems(
  list: readonly unknown[],
  { kind, other }: { readonly kind: Kind; readonly other: Kind },
): Generator<Problem> {
  const seen = new Map<string, number>();
  for (const [index, plugin] of list.entries()) {
    const where = `${kind.section}[${index}]`;
    if (!isPlugin(plugin, kind)) {
      const hint = isPlugin(plugin, other)
        ? `it belongs under ${other.section}`
        : `give what ${kind.define} of @kubepki/core returns, or what that makes`;
      const found = isPlugin(plugin, other) ? other.one : kindOf(plugin);
      yield { where, message: `${kind.one} is expected, found ${found}`, hint };
      continue;
    }
    const name: unknown = isMaker(plugin) ? (plugin as Record<string, unknown>)[kind.field] : plugin.name;
    if (typeof name !== 'string' || !/^[a-z0-9]+([._-][a-z0-9]+)*$/i.test(name)) {
      yield {
        where,
        message: 'its name is none that a cluster file can have',
        hint: 'letters and digits, with - . _ between them',
      };
      continue;
    }
    const first = seen.get(name);
    seen.set(name, index);
    if (first !== undefined) {
      yield {
        where,
        message: `${name} is the name of ${kind.section}[${first}] already`,
        hint: 'leave one of them out',
      };
    }
    if (isMaker(plugin)) yield* makerProblems(plugin, { where, name, kind });
  }
}

function* makerProblems(
  maker: object,
  { where, name, kind }: { readonly where: string; readonly name: string; readonly kind: Kind },
): Generator<Problem> {
  if (kind.own.has(name)) {
    const hint = `the cluster file sets its options; to fix them here, call it with them; another plugin needs another name`;
    yield { where, message: `${name} is ${kind.one} of @kubepki/presets, and there anyway`, hint };
  }
  const options: unknown = 'options' in maker ? maker.options : undefined;
  if (!isSchema(options)) {
    yield { where, message: `${name}: its options are no schema of zod 4`, hint: 'z.strictObject({…}), of zod 4' };
  }
}

/** Whether a value has the form of a plugin: of one that is made, or of a maker. */
function isPlugin(value: unknown, { field, isMade }: Kind): value is { readonly name: unknown } {
  if (isMade(value)) return true;
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  return field in value && isMaker(value) && typeof (value as { readonly from: unknown }).from === 'function';
}

function isSchema(value: unknown): boolean {
  return typeof value === 'object' && value !== null && '_zod' in value && 'safeParse' in value;
}
