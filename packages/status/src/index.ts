export { metricsText } from './metrics/text.ts';
export { writeMetrics } from './metrics/write.ts';
export * from './reader/index.ts';
export { latestBegin, readStatus, type Status } from './status.ts';
export type { StatusTree } from './tree/read-tree.ts';
export { watchedTree } from './tree/watched-tree.ts';
export {
  byEnd,
  counts,
  credentialId,
  isUnder,
  type Kind,
  type State,
  secondsLeft,
  stateOf,
  type Watched,
} from './watched.ts';
