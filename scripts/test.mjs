// `npm test`: lints, builds and tests every package; `npm run e2e`: the same for the end-to-end tests alone;
// `npm run packaging`: for the tests of the packed packages alone; `npm run proof`: for what other verifiers say alone.
// `npm run faults`: for what happens when the machine fails; `npm run test:faults`: for all of that, which takes an hour.
// Says in its last line how many tests passed and failed. More arguments go to turbo.
import { createInterface } from 'node:readline';
import { run } from './child.mjs';
import { install, root, toolEnv } from './install.mjs';

const alone = ['e2e', 'packaging', 'proof', 'faults', 'faults-all'].find((name) => name === process.argv[2]);
const task = alone ?? 'test';
const extra = process.argv.slice(alone ? 3 : 2);
const count = { passed: 0, failed: 0, skipped: 0 };
const failed = [];

await install();
const lint = alone ? 0 : await runLint();
const tests = await runTurbo();
// Once more at the end, since thousands of lines stand above.
for (const title of failed) console.log(`failed: ${title}`);
const { passed, skipped } = count;
console.log(`${passed} passed, ${count.failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
process.exitCode = lint || tests || (count.failed || passed + skipped === 0 ? 1 : 0);

async function runLint() {
  const code = await run('biome', ['check', '--colors=off', '--error-on-warnings'], {
    cwd: root,
    env: toolEnv(),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  console.log(code === 0 ? '✔ lint' : '✘ lint');
  count[code === 0 ? 'passed' : 'failed']++;
  if (code !== 0) failed.push('lint');
  return code;
}

async function runTurbo() {
  const env = toolEnv({ TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1', NO_COLOR: '1' });
  delete env.FORCE_COLOR;
  const failures = new Map();
  let failedTasks = [];
  const read = (line) => {
    console.log(line);
    const [, name, text] = /^(\S+:(?:build|test|e2e|packaging|proof|faults|faults-all)): {3}(.*)$/.exec(line) ?? [];
    if (name) {
      if (text.startsWith('✔ ')) count.passed++;
      const title = /^✘ \[fail\]: (.*)$/.exec(text)?.[1];
      if (title) failed.push(`${name} ${title}`);
      const bad = /^(\d+) (?:tests? failed|uncaught exceptions?|unhandled rejections?|tests? remaining)/.exec(text);
      if (bad) failures.set(name, (failures.get(name) ?? 0) + Number(bad[1]));
      count.skipped += Number(/^(\d+) tests? skipped/.exec(text)?.[1] ?? 0);
    }
    const list = /^ *Failed: +(.*)$/.exec(line)?.[1];
    if (list) failedTasks = list.split(', ').map((id) => id.trim().replace('#', ':'));
  };
  let lines;
  const code = await run(
    'turbo',
    ['run', 'build', task, '--continue', ...extra],
    { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] },
    (child) => {
      lines = createInterface({ input: child.stdout }).on('line', read);
    },
  );
  lines?.close();
  // A build that fails, or a test process that dies before it counts, is one failure.
  for (const id of failedTasks) {
    if (failures.has(id)) continue;
    failures.set(id, 1);
    failed.push(id);
  }
  for (const n of failures.values()) count.failed += n;
  if (code !== 0 && failures.size === 0) count.failed++;
  return code;
}
