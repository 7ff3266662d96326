import { z } from 'zod';
import type { ClusterFileSchema } from './schema.ts';

/** The JSON Schema (draft 7) of a cluster file as it is written, for editors. */
export function clusterJsonSchema(schema: ClusterFileSchema): Readonly<Record<string, unknown>> {
  const { $schema, ...rest } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input', unrepresentable: 'any' });
  return { $schema, title: 'kubepki cluster file', ...rest };
}
