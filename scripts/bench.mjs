// `npm run bench`: installs, then runs the benchmarks from their sources.
import { install } from './install.mjs';
import { runSource } from './source.mjs';

await install();
process.exitCode = await runSource('bench/src/main.ts', process.argv.slice(2));
