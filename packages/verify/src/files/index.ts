export { findLayout } from './find-layout.ts';
export type { Check, FileProblem } from './problem.ts';
export { type FilesInput, type FilesReport, verifyFiles } from './verify-files.ts';
