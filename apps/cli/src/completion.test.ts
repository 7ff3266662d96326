import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { waivers } from '@kubepki/core';
import test from 'ava';
import { commands } from './commands.ts';
import { completionModel, typedAs } from './completion/model.ts';
import { optionTakes, shells, wordTakes } from './completion/takes.ts';
import { exportFormats } from './export/formats.ts';
import { formatOf } from './report/format.ts';
import { complete, isInstalled } from './testing/complete.ts';
import { inProcess } from './testing/in-process.ts';
import { desk } from './testing/program.ts';

const model = completionModel();
const optionsOf = (command: string) =>
  (model.commands.find(({ name }) => name === command)?.options ?? []).flatMap(typedAs).sort();

/** What is typed, and what every shell offers for it. */
const cases: Readonly<Record<string, readonly string[]>> = {
  'kubepki st': ['status'],
  'kubepki -o adir --json gen': ['generate'],
  'kubepki --output=adir gen': ['generate'],
  'kubepki lint --profile ': ['kubeadm', 'strict'],
  'kubepki lint --profile=k': ['kubeadm'],
  'kubepki generate --keep ': ['all'],
  'kubepki completion ': ['bash', 'fish', 'zsh'],
  'kubepki help sch': ['schema'],
  'kubepki generate --d': ['--discard-edits', '--dry-run'],
  'kubepki verify ': ['a dir', 'adir'],
  'kubepki generate -o ': ['a dir', 'adir'],
  'kubepki lint a': ['a dir', 'a file.yaml', 'adir', 'afile'],
  'kubepki plan --node ': [],
  'kubepki schema x': [],
};

for (const shell of shells) {
  test(`${shell} completes commands, options, values and paths`, async (t) => {
    if (!isInstalled(shell)) {
      t.log(`${shell} is not here, so it completes nothing`);
      t.pass();
      return;
    }
    const { cwd, path, write } = desk(t);
    for (const folder of ['adir', 'a dir']) mkdirSync(path(folder));
    for (const file of ['afile', 'a file.yaml']) write(file, '');
    write('_kubepki', (await inProcess(['completion', shell])).stdout);
    write('script', (await inProcess(['completion', shell])).stdout);
    const all = {
      ...cases,
      ...Object.fromEntries(model.commands.map(({ name }) => [`kubepki ${name} --`, undefined])),
    };
    const offered = complete(shell, { script: 'script', cwd, lines: Object.keys(all) });
    for (const [index, [line, expected]] of Object.entries(all).entries()) {
      const longs = optionsOf(line.split(' ')[1] ?? '').filter((option) => option.startsWith('--'));
      t.deepEqual(offered[index], expected ?? longs, line);
    }
    // As zsh finds it in a folder of fpath.
    t.deepEqual(complete(shell, { script: '_kubepki', cwd, lines: ['kubepki st'] }), [['status']]);
  });
}

test('Every command and option is explained in a few words', (t) => {
  for (const { name, summary, options } of model.commands) {
    t.regex(summary, /^\S.{5,70}$/, name);
    for (const option of options) t.regex(option.summary, /^\S.{5,80}$/, `${name} --${option.name}`);
  }
});

test('What is known of a value is what its command accepts', (t) => {
  t.deepEqual(optionTakes.profile, Object.keys(waivers));
  const pictures = [...optionTakes.format].filter((format) => !Object.hasOwn(exportFormats, format));
  for (const format of pictures) t.is<string, string>(formatOf(format), format);
  t.deepEqual(optionTakes.format, [...pictures, ...Object.keys(exportFormats)]);
  for (const [name, { words }] of Object.entries(commands)) {
    t.is(words > 0, wordTakes[name as keyof typeof wordTakes] !== undefined, name);
  }
});

test('A shell that there is no script for is an error that names those there are', async (t) => {
  for (const args of [['completion'], ['completion', 'ksh'], ['completion', 'bash', 'zsh']]) {
    t.like(await inProcess(args), { status: 64, stdout: '' });
  }
  t.regex((await inProcess(['completion', 'ksh'])).stderr, /"ksh"\nhint: there is for bash, zsh, fish\n$/);
});

test('shellcheck finds nothing in the script for bash', async (t) => {
  if (!isInstalled('shellcheck')) {
    t.log('shellcheck is not here, so it finds nothing');
    t.pass();
    return;
  }
  const { stdout: input } = await inProcess(['completion', 'bash']);
  t.is(spawnSync('shellcheck', ['-s', 'bash', '-'], { input, encoding: 'utf8' }).stdout, '');
});
