export { type ClusterSource, clusterSource } from './cluster-source.ts';
export { configFailure } from './config-failure.ts';
export {
  type ClusterInput,
  type ComponentPlugin,
  type Config,
  defineConfig,
  type EmitterPlugin,
} from './define-config.ts';
export type { Issuers } from './guard-issuers.ts';
export { type ReadConfig, readConfig } from './read-config.ts';
