export { findLayout } from './find-layout.ts';
export type { Check, FileProblem } from './problem.ts';
export type { FilesInput, FilesReport } from './report.ts';
export { verifyFiles } from './verify-files.ts';
