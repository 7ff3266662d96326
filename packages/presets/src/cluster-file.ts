import { type Catalog, catalog, components, emitterOptions, emitters, isMaker } from './catalog.ts';
import { type ClusterFile, type ClusterFileSchema, clusterFile } from './file/schema.ts';

/** The schema of a cluster file with all components and emitters of this package. */
export const clusterFileSchema = clusterFile({ components, emitters: emitterOptions(emitters) });

/** The schema of a cluster file with these plugins. What code made has no options that a file could set. */
export function clusterFileSchemaOf(plugins: Catalog): ClusterFileSchema {
  if (plugins === catalog) return clusterFileSchema;
  return clusterFile({
    components: plugins.components.filter(isMaker),
    emitters: emitterOptions(plugins.emitters.filter(isMaker)),
  });
}

/** A cluster file of this package's schema. */
export type File = ClusterFile<typeof clusterFileSchema>;
