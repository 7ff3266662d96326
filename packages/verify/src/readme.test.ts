import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import test from 'ava';

const root = fileURLToPath(new URL('..', import.meta.url));
const [, code = ''] = /```ts\n(.*?)```/s.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? [];
// Within the package, so that it finds itself by its name.
const folder = join(root, 'dist/readme');
const file = join(folder, 'example.ts');
mkdirSync(folder, { recursive: true });
writeFileSync(file, code);
test.after.always(() => rmSync(folder, { recursive: true, force: true }));

function run(...flags: string[]) {
  return spawnSync(process.execPath, flags, { encoding: 'utf8' });
}

test('the example compiles', (t) => {
  const compilerOptions = { incremental: false, customConditions: [] };
  const config = { extends: join(root, 'tsconfig.test.json'), compilerOptions, include: ['*.ts'], references: [] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
  const { stdout, status } = run(tsc, '-p', folder);
  t.is(status, 0, stdout);
});

test('the example prints what it says', (t) => {
  const { stdout, stderr } = run('--import=tsx', '--conditions=source', file);
  const promised = [...code.matchAll(/^\/\/ => ?(.*)$/gm)].map(([, line = '']) => line);
  t.deepEqual(stdout.split('\n').slice(0, -1), promised, stderr);
});
