export * from './address.ts';
export * from './cluster.ts';
export * from './duration.ts';
export * from './endpoint.ts';
export * from './name.ts';
export * from './near.ts';
export * from './subnet.ts';
export { type Parsed, textField } from './text.ts';
export * from './version.ts';
