import { clusterFileSchema, clusterJsonSchema } from '@kubepki/presets';

/** The JSON Schema of a cluster file, for editors and other programs. */
export function schema(): Readonly<Record<string, unknown>> {
  return clusterJsonSchema(clusterFileSchema);
}
