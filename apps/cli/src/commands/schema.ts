import { catalog, clusterFileSchemaOf, clusterJsonSchema } from '@kubepki/presets';
import { loadConfig } from '../config/load.ts';
import type { Args } from '../options.ts';

/** The JSON Schema of a cluster file, for editors and other programs; with the plugins of the config. */
export async function schema(args: Args): Promise<Readonly<Record<string, unknown>>> {
  const config = await loadConfig(args);
  return clusterJsonSchema(clusterFileSchemaOf(config?.catalog ?? catalog));
}
