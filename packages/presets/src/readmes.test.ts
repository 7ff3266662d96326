import { execFile } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import * as core from '@kubepki/core';
import test from 'ava';
import { z } from 'zod';
import * as presets from './index.ts';

const { components, emitters } = presets;

const packages = join(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);

/** The blocks of TypeScript in a text. */
function blocksOf(text: string): readonly string[] {
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code);
}

/** A package's readme, and the block of TypeScript in it. */
function readme(folder: string) {
  const { name } = JSON.parse(readFileSync(join(packages, folder, 'package.json'), 'utf8')) as { name: string };
  const text = readFileSync(join(packages, folder, 'README.md'), 'utf8');
  return { folder, name, text, blocks: blocksOf(text) };
}

const readmes = [
  'core',
  'presets',
  'verify',
  'adopt',
  'status',
  'install',
  'report',
  ...readdirSync(join(packages, 'components')).map((name) => `components/${name}`),
  ...readdirSync(join(packages, 'emitters')).map((name) => `emitters/${name}`),
].map(readme);

const pages = join(packages, '../docs/plugins');

/** Every block of the readmes and of the pages on plugins, as a file of a project. */
const examples = [
  ...readmes.map(({ name, blocks: [code = ''] }) => ({ file: `${name.replace('@kubepki/', '')}.ts`, code })),
  ...readdirSync(pages).flatMap((page) =>
    blocksOf(readFileSync(join(pages, page), 'utf8')).map((code, index) => ({ file: `${page}-${index}.ts`, code })),
  ),
];

/** What a block says it prints: the lines that begin with `// => `. */
function promised(code: string): readonly string[] {
  return [...code.matchAll(/^\/\/ => (.*)$/gm)].map(([, line = '']) => line);
}

/** A project that has the packages of this repository installed, with a file for each example. */
function project() {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kubepki-readmes-')));
  mkdirSync(join(folder, 'node_modules/@kubepki'), { recursive: true });
  for (const each of readmes) symlinkSync(join(packages, each.folder), join(folder, 'node_modules', each.name));
  symlinkSync(realpathSync(join(packages, 'presets/node_modules/zod')), join(folder, 'node_modules/zod'));
  symlinkSync(realpathSync(join(packages, 'presets/node_modules/@types')), join(folder, 'node_modules/@types'));
  const files = examples.map(({ file }) => file);
  for (const { file, code } of examples) writeFileSync(join(folder, file), code);
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
  writeFileSync(join(folder, 'run.ts'), runner(files));
  const compilerOptions = {
    noEmit: true,
    composite: false,
    declaration: false,
    declarationMap: false,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
  };
  const config = { extends: join(packages, '../tsconfig.base.json'), compilerOptions, files };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  return folder;
}

/** Runs one file after the other and prints what each printed, as JSON. */
function runner(files: readonly string[]): string {
  return `import { format } from 'node:util';
const print = console.log;
const printed: Record<string, string[]> = {};
for (const file of ${JSON.stringify(files)}) {
  const lines: string[] = (printed[file] = []);
  console.log = (...values: unknown[]) => void lines.push(...format(...values).split('\\n'));
  try {
    await import('./' + file);
  } catch (error) {
    lines.push(String(error));
  }
}
print(JSON.stringify(printed));
`;
}

const run = promisify(execFile);

test('The examples of all readmes and of the pages on plugins compile, run, and print what they say', async (t) => {
  t.timeout(300_000);
  const folder = project();
  t.teardown(() => rmSync(folder, { recursive: true }));
  const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
  const compiled = await run(process.execPath, [tsc, '-p', folder]).catch((error: { stdout: string }) => error);
  t.deepEqual(compiled.stdout.split('\n').slice(0, 10), ['']);
  const tsx = pathToFileURL(require.resolve('tsx')).href;
  const { stdout } = await run(process.execPath, ['--import', tsx, '--conditions=source', 'run.ts'], { cwd: folder });
  const printed = JSON.parse(stdout) as Record<string, readonly string[]>;
  for (const { file, code } of examples) t.deepEqual(printed[file], promised(code), file);
  for (const { name, blocks } of readmes) {
    t.is(blocks.length, 1, name);
    t.true(promised(blocks[0] ?? '').length > 0, name);
  }
});

test('The public names that a readme lists are exported, and the one of presets lists all', (t) => {
  for (const [folder, names] of [
    ['core', Object.keys(core)],
    ['presets', Object.keys(presets)],
  ] as const) {
    const text = readmes.find((each) => each.folder === folder)?.text ?? '';
    const listed = [...text.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name),
    );
    t.true(listed.length > 10, folder);
    t.deepEqual(
      listed.filter((name) => !names.includes(name)),
      [],
      folder,
    );
    // Core has far more than a table is read for.
    if (folder === 'presets') t.deepEqual([...listed].sort(), [...names].sort());
  }
});

test('Every readme begins with its package’s name, one sentence, and when not to use it', (t) => {
  for (const { name, text } of readmes) {
    const [title, sentence = '', advice = ''] = text.split('\n\n');
    t.is(title, `# ${name}`);
    t.regex(sentence, /^[A-Z][^\n]*\.$/, name);
    t.regex(advice, /[Dd]o not |[Ll]eave |[Tt]urn |only where/, name);
  }
});

/** The rows that a readme's table must have: each option with its default as one writes it, as JSON. */
function rows(options: z.ZodObject): readonly string[] {
  return Object.entries(options.shape).map(([name, field]) => {
    const written = writtenDefault(field as z.ZodType);
    const value = JSON.stringify(written) === '{}' ? (field as z.ZodType).parse(undefined) : written;
    return `${name} ${value === undefined ? '' : JSON.stringify(value)}`.trim();
  });
}

function writtenDefault(field: z.ZodType): unknown {
  if (field instanceof z.ZodPipe) return writtenDefault(field.in as z.ZodType);
  return field instanceof z.ZodDefault || field instanceof z.ZodPrefault ? field.def.defaultValue : undefined;
}

test('The table of every plugin’s readme has its options and their defaults', (t) => {
  const plugins = [
    ...components.map((factory) => ({ name: `@kubepki/component-${factory.component}`, options: factory.options })),
    ...emitters.map((factory) => ({ name: `@kubepki/emitter-${factory.emitter}`, options: factory.options })),
  ];
  t.is(plugins.length, readmes.filter(({ folder }) => folder.includes('/')).length);
  for (const { name, options } of plugins) {
    const text = readmes.find((each) => each.name === name)?.text ?? '';
    const found = [...text.matchAll(/^\| `(\w+)` +\| .+ \| +(?:`(.*)` +)?\|$/gm)].map(([, option, value = '']) =>
      `${option} ${value}`.trim(),
    );
    t.deepEqual(found, rows(options), name);
    if (found.length === 0) t.regex(text, /^It has no options/m, name);
  }
});
