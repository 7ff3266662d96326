export type { Fixed } from './fixed.ts';
export { clusterJsonSchema } from './json-schema.ts';
export { type ReadFile, type ReadOptions, readClusterFile, readClusterValue } from './read.ts';
export { type ClusterFile, type ClusterFileSchema, clusterFile, type Described } from './schema.ts';
export { starterFile } from './starter.ts';
export { type Path, readYaml, type Yaml } from './yaml.ts';
export { limits } from './yaml-syntax.ts';
