#!/usr/bin/env node
// What is installed begins here: main.ts in two files, which are loaded in a fraction of the time
// (docs/decisions/0012-the-program-is-bundled.md).
import { answersVersion } from './version.ts';

if (!answersVersion(process)) {
  const { hasConfig } = await import('./config/has.ts');
  // The plugins of a config bring core and zod with them, and the program is to use the same ones.
  if (hasConfig(process.argv.slice(2))) await import(new URL('../program.js', import.meta.url).href);
  else await import('./program.ts');
}
