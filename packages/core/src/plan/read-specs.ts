import type { z } from 'zod';
import { forMany } from '../parsing.ts';
import { frozen, isAlike, isPlain } from './alike.ts';
import { type Spec, specSchema } from './spec.ts';
import { specFields } from './spec-fields.ts';

/** How what is read becomes a whole spec. */
export type Completion = {
  /** All of it, with what was left out. It depends on nothing but the value's name, its kind and which fields it has. */
  whole(value: Fields): unknown;
  /** The fields that are not as they stand in the value, or not there. */
  own(value: Fields): Fields;
};

/** What a value has, whatever that is. */
export type Fields = Readonly<Record<string, unknown>>;
type Read = ReturnType<typeof specSchema.safeParse>;

const asItIs: Completion = { whole: (value) => value, own: () => ({}) };

/**
 * Reads specs one after the other, by `specSchema`. In a large cluster nearly all are like the one of that name before,
 * but for some fields: of such a one only these are read, and it shares the rest with the other. What is shared
 * cannot be changed.
 */
export function specReader({ whole, own }: Completion = asItIs): (value: unknown) => Read {
  const last = new Map<unknown, Before>();
  return (value) => {
    const before = isPlain(value) ? last.get(value.name) : undefined;
    const like = before && readLike(before, value as Fields, own);
    if (before !== undefined && like !== undefined) {
      before.spec = like;
      return { success: true, data: like };
    }
    // Each schema is used a few times only, which is not worth compiling it.
    const read = specSchema.safeParse(isObject(value) ? whole(value) : value, forMany(1));
    if (!read.success) return read;
    for (const field of Object.values(read.data)) frozen(field);
    last.set(read.data.name, { fields: Object.keys(value as Fields), spec: read.data });
    return read;
  };
}

/** The last spec of a name, and which fields it was given. */
type Before = { readonly fields: readonly string[]; spec: Spec };

/** A spec that has the same fields as one before; undefined: it has not, or one of them is wrong. */
function readLike({ fields, spec }: Before, value: Fields, own: Completion['own']): Spec | undefined {
  if (value.kind !== spec.kind || !isAlike(Object.keys(value), fields)) return undefined;
  const before: Fields = spec;
  const changed: Record<string, unknown> = { ...spec };
  const take = (name: string, given: unknown): boolean => {
    if (isAlike(given, before[name])) return true;
    const schema = schemaOf(spec.kind, name);
    const read = schema && readField(schema, given);
    if (!read?.success) return false;
    changed[name] = read.data;
    return true;
  };
  const its = own(value);
  for (const name of fields) if (!(name in its) && !take(name, value[name])) return undefined;
  for (const name in its) if (!take(name, its[name])) return undefined;
  return changed as Spec;
}

/** What was read already, and by which schema: it cannot have been changed since. */
const known = new WeakMap<object, z.ZodType>();

function readField(schema: z.ZodType, given: unknown): { readonly success: boolean; readonly data?: unknown } {
  const isObject = typeof given === 'object' && given !== null;
  if (isObject ? known.get(given) === schema : typeof given === 'string' && isAnyText(schema))
    return { success: true, data: given };
  const read = schema.safeParse(given, forMany(1));
  if (typeof read.data === 'object' && read.data !== null) known.set(frozen(read.data), schema);
  return read;
}

function isAnyText({ def }: z.ZodType): boolean {
  return def.type === 'string' && !('format' in def) && (def.checks ?? []).length === 0;
}

function schemaOf(kind: Spec['kind'], name: string): z.ZodType | undefined {
  const shape: Readonly<Record<string, z.ZodType>> = specFields[kind];
  return Object.hasOwn(shape, name) ? shape[name] : undefined;
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}
