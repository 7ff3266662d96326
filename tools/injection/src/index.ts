export * from './faults.ts';
export * from './strace.ts';
