import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8');
// Within the package, so that it finds itself by its name.
const folder = join(root, 'dist/readme');
const files = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code = ''], index) => {
  const file = join(folder, `example-${index + 1}.ts`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, code);
  return file;
});
test.after.always(() => rmSync(folder, { recursive: true, force: true }));

function run(...flags: string[]) {
  return spawnSync(process.execPath, flags, { encoding: 'utf8', env: { ...process.env, NODE_TEST_CONTEXT: '' } });
}
const runExample = (index: number) => run('--import=tsx', '--conditions=source', files[index] ?? '');

test('the examples compile', (t) => {
  const compilerOptions = { incremental: false, customConditions: [] };
  const config = { extends: join(root, 'tsconfig.test.json'), compilerOptions, include: ['*.ts'], references: [] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
  const { stdout, status } = run(tsc, '-p', folder);
  t.is(status, 0, stdout);
});

test('the example of a component passes', (t) => {
  const { stdout, status } = runExample(0);
  t.is(status, 0, stdout);
  t.regex(stdout, /component metrics plans the same for the same cluster/);
  t.regex(stdout, /fail 0/);
});

test('the example of a PKI in memory says what it says', (t) => {
  const { stdout, stderr } = runExample(1);
  t.is(stdout, 'well met, sample-client\n', stderr);
});
