import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { components, emitters } from '@kubepki/presets';
import test from 'ava';
import { kinds, namesOf, taken } from './names.ts';
import { run } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'create-kubepki-'));
test.after.always(() => rmSync(folder, { recursive: true }));
const empty = () => mkdtempSync(join(folder, 'cwd-'));

const listed = (path: string) =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

for (const kind of kinds) {
  test(`A new ${kind} is a folder without a word of its template, and the next steps are told`, (t) => {
    const cwd = empty();
    const { exitCode, stdout, stderr } = run([kind, 'image-proxy'], cwd);
    const name = kind === 'generator' ? 'image-proxy' : `kubepki-${kind}-image-proxy`;
    t.deepEqual([exitCode, stderr], [0, undefined]);
    t.deepEqual(readdirSync(cwd), [name]);
    t.true(stdout?.includes(`  cd ${name}\n  npm install\n  npm test\n`));
    const files = listed(join(cwd, name));
    for (const file of files) t.notRegex(readFileSync(file, 'utf8'), /\bNAME\b|camelName|\bVERSION\b/, file);
    for (const file of ['.gitignore', 'README.md', 'package.json', 'tsconfig.json'])
      t.true(files.includes(join(cwd, name, file)), file);
    const manifest = JSON.parse(readFileSync(join(cwd, name, 'package.json'), 'utf8'));
    t.is(manifest.name, name);
    t.is(manifest.keywords?.includes('kubepki-plugin') ?? false, kind !== 'generator');
  });
}

test('A plugin may be named with its prefix', (t) => {
  t.deepEqual(namesOf('component', 'kubepki-component-image-proxy'), namesOf('component', 'image-proxy'));
  t.is(namesOf('emitter', 'image-proxy').folder, 'kubepki-emitter-image-proxy');
});

test('Nothing is overwritten', (t) => {
  const cwd = empty();
  mkdirSync(join(cwd, 'kubepki-emitter-x'));
  symlinkSync('nowhere', join(cwd, 'kubepki-component-x'));
  for (const kind of ['emitter', 'component']) {
    const { exitCode, stderr } = run([kind, 'x'], cwd);
    t.is(exitCode, 65);
    t.is(stderr, `error: kubepki-${kind}-x is there already\nhint: take another name, or remove it\n`);
  }
  t.deepEqual(readdirSync(join(cwd, 'kubepki-emitter-x')), []);
  t.false(existsSync(join(cwd, 'nowhere')));
});

test('A folder that cannot be written is an error of the machine', (t) => {
  t.is(run(['component', 'x'], join(empty(), 'missing')).exitCode, 74);
});

const refuses = test.macro({
  exec: (t, exitCode: number, args: readonly string[], message: RegExp) => {
    const cwd = empty();
    const result = run(args, cwd);
    t.is(result.exitCode, exitCode);
    t.regex(result.stderr ?? '', message);
    t.is(result.stderr?.includes('usage: '), exitCode === 64);
    t.deepEqual(readdirSync(cwd), []);
  },
  title: (_, exitCode: number, args: readonly string[]) => `[${args.join(' ')}] ends with ${exitCode}`,
});

test(refuses, 64, [], /^error: it is not said what to make\n/);
test(refuses, 64, ['signer', 'x'], /^error: "signer" is nothing that can be made\n/);
test(refuses, 64, ['component'], /^error: the component needs a name\n/);
test(refuses, 64, ['component', '--force'], /^error: the component needs a name\n/);
test(refuses, 64, ['emitter', 'x', 'y'], /^error: "y" is one argument too many\n/);
test(refuses, 65, ['component', 'Image_Proxy'], /^error: "Image_Proxy" is no name for a component\nhint: lower-case/);
test(refuses, 65, ['component', '../x'], /"\.\.\/x" is no name/);
test(refuses, 65, ['component', ''], /"" is no name/);
test(refuses, 65, ['component', 'kubepki-component-'], /"kubepki-component-" is no name/);
test(refuses, 65, ['emitter', 'x--y'], /"x--y" is no name for an emitter/);
test(refuses, 65, ['generator', '1st'], /"1st" is no name for a generator/);
test(refuses, 65, ['generator', 'x'.repeat(41)], /is no name for a generator/);
test(
  refuses,
  65,
  ['emitter', 'kubepki-component-x'],
  /is the name of a component\nhint: npm create kubepki component x/,
);
test(refuses, 65, ['generator', 'kubepki-emitter-x'], /is the name of an emitter/);
test(refuses, 65, ['component', 'etcd'], /^error: etcd is the name of a component that kubepki has itself/);
test(refuses, 65, ['generator', 'zod'], /^error: zod is the name of a package that it may need/);

test('The names that are taken are those of the plugins that kubepki has', (t) => {
  t.deepEqual(taken.component, components.map(({ component }) => component).sort());
  t.deepEqual(taken.emitter, emitters.map(({ emitter }) => emitter).sort());
});

test('Help is printed where it is asked for', (t) => {
  t.like(run(['--help'], folder), { exitCode: 0, stderr: undefined });
});
