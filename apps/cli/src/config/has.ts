import { parseArgs } from 'node:util';
import { options } from '../options.ts';
import { findConfig } from './find.ts';

/** Whether a run finds a config. What is wrong with its arguments is for the run itself to say. */
export function hasConfig(argv: readonly string[]): boolean {
  const { values } = parseArgs({ args: [...argv], options, allowPositionals: true, strict: false });
  const text = (name: 'file' | 'config') => (typeof values[name] === 'string' ? { [name]: values[name] } : {});
  const config = values['no-config'] ? { config: false as const } : text('config');
  try {
    return findConfig({ ...text('file'), ...config }) !== undefined;
  } catch {
    return false;
  }
}
