import { type Catalog, catalog, components, emitters, isMaker } from './catalog.ts';
import { type ClusterFile, type ClusterFileSchema, clusterFile } from './file/schema.ts';

/** The schema of a cluster file with all components and emitters of this package. */
export const clusterFileSchema = clusterFile({
  components,
  emitters: Object.fromEntries(emitters.map((factory) => [factory.emitter, factory.options])),
});

/** The schema of a cluster file with these plugins. What code made has no options that a file could set. */
export function clusterFileSchemaOf(plugins: Catalog): ClusterFileSchema {
  if (plugins === catalog) return clusterFileSchema;
  return clusterFile({
    components: plugins.components.filter(isMaker),
    emitters: Object.fromEntries(plugins.emitters.filter(isMaker).map(({ emitter, options }) => [emitter, options])),
  });
}

/** A cluster file of this package's schema. */
export type File = ClusterFile<typeof clusterFileSchema>;
