// `npm run bench`: installs and builds, then runs the benchmarks over the built program.
import { run } from './child.mjs';
import { install, root, toolEnv } from './install.mjs';
import { runSource } from './source.mjs';

await install();
const build = ['run', 'build', '--filter=kubepki', '--output-logs=errors-only'];
const code = await run('turbo', build, {
  cwd: root,
  env: toolEnv({ TURBO_TELEMETRY_DISABLED: '1' }),
  stdio: ['ignore', 2, 2],
});
process.exitCode = code || (await runSource('bench/src/main.ts', process.argv.slice(2)));
