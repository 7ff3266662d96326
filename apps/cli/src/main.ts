#!/usr/bin/env node
import { version } from './help.ts';

// Scripts ask for the version often, and need nothing else of the program for it.
if (process.argv.length === 3 && process.argv[2] === '--version') {
  process.stdout.on('error', () => {}); // whoever asked is gone
  process.stdout.write(`${version()}\n`);
} else {
  await import('./program.ts');
}
