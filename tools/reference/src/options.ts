import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { PublicName, Sources } from './sources.ts';
import { typeWriter } from './types.ts';
import { root } from './workspace.ts';

/** An option of a plugin. */
export type Option = {
  readonly name: string;
  readonly type: string;
  /** As one writes it, as JSON; undefined where it has none. */
  readonly otherwise: string | undefined;
  readonly meaning: string;
};

/** The options of a component's or an emitter's factory; undefined for any other name. */
export async function optionsOf({ name, kind, of, symbol }: PublicName, sources: Sources) {
  if (kind !== 'const') return undefined;
  const module = await import(pathToFileURL(join(root, of.folder, 'src/index.ts')).href);
  const schema: unknown = module[name]?.options;
  if (typeof module[name] !== 'function' || !(schema instanceof z.ZodObject)) return undefined;
  const types = typeWriter(sources, () => {});
  const input = ['options', '_zod', 'input'].reduce(types.part, types.typeOf(symbol));
  return Object.entries(schema.shape as Record<string, z.ZodType>).map(([option, field]): Option => {
    const type = types.part(input, option);
    return {
      name: option,
      type: types.write(sources.checker.getNonNullableType(type) ?? type),
      otherwise: JSON.stringify(defaultOf(field)),
      meaning: field.description ?? '',
    };
  });
}

/** Of an object that is nothing by default: what its own fields are then. */
function defaultOf(field: z.ZodType): unknown {
  const written = writtenDefault(field);
  return JSON.stringify(written) === '{}' ? field.parse(undefined) : written;
}

function writtenDefault(field: z.ZodType): unknown {
  if (field instanceof z.ZodPipe) return writtenDefault(field.in as z.ZodType);
  return field instanceof z.ZodDefault || field instanceof z.ZodPrefault ? field.def.defaultValue : undefined;
}
