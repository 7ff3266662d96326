// `npm run reference`: installs, then writes docs/reference from the docstrings of the sources.
import { install } from './install.mjs';
import { runSource } from './source.mjs';

await install();
process.exitCode = await runSource('tools/reference/src/main.ts', []);
