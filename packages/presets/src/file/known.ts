import { z } from 'zod';
import type { Path } from './yaml.ts';

/** The schemas that may describe what stands at a path: several where there is a union on the way. */
export function schemasAt(schema: z.ZodType, path: Path): readonly z.ZodType[] {
  return path.reduce<readonly z.ZodType[]>(
    (schemas, key) => schemas.flatMap((one) => within(one, key)),
    alternatives(schema),
  );
}

/** The fields that are known at a path. */
export function knownFields(schema: z.ZodType, path: Path): readonly string[] {
  return schemasAt(schema, path).flatMap((one) => Object.keys(fieldsOf(one)));
}

/** The fields of an object's schema; of another none. */
export function fieldsOf(schema: z.ZodType): Readonly<Record<PropertyKey, z.ZodType>> {
  return schema instanceof z.ZodObject ? (schema.shape as Record<PropertyKey, z.ZodType>) : {};
}

function within(schema: z.ZodType, key: PropertyKey): readonly z.ZodType[] {
  if (schema instanceof z.ZodArray) return alternatives(schema.element as z.ZodType);
  if (schema instanceof z.ZodRecord) return alternatives(schema.valueType as z.ZodType);
  if (!(schema instanceof z.ZodObject) || !Object.hasOwn(schema.shape, key)) return [];
  return alternatives((schema.shape as Record<PropertyKey, z.ZodType>)[key]);
}

/** A schema without what is wrapped around it; those that a union has. */
function alternatives(schema: z.ZodType | undefined): readonly z.ZodType[] {
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => alternatives(option as z.ZodType));
  if (schema instanceof z.ZodPipe) return alternatives(schema.in as z.ZodType);
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodReadonly
  ) {
    return alternatives(schema.unwrap() as z.ZodType);
  }
  return schema === undefined ? [] : [schema];
}
