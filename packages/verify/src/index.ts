export * from './connections/index.ts';
export * from './files/index.ts';
export * from './verify.ts';
