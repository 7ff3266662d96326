export type * from './attempt.ts';
export { attempts } from './attempts.ts';
export type { Find, Held } from './credentials.ts';
export * from './summary.ts';
export * from './table.ts';
export * from './try.ts';
