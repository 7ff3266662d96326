import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { caKey, cluster, codeOf, everything, freshFolder, generate, opened, wholeText } from './_tree.test.ts';
import { openOutput } from './index.ts';

type Damage = (folder: string) => void;

function remove(name: string): Damage {
  return (folder) => rmSync(join(folder, name), { recursive: true });
}
function make(name: string): Damage {
  return (folder) => mkdirSync(join(folder, name));
}
function link(name: string, target: string): Damage {
  return (folder) => symlinkSync(target, join(folder, name));
}
function edit(name: string, from: string, to: string): Damage {
  return (folder) => {
    const path = join(folder, name);
    writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
  };
}
const moveAway: Damage = (folder) => renameSync(join(folder, 'generations'), `${folder}-moved`);

const manifest = 'current/manifest.json';
const damages: readonly (readonly [title: string, code: string, ...damage: Damage[]])[] = [
  ['current leads nowhere', 'OUTPUT_BROKEN', remove('current'), link('current', 'generations/0007')],
  ['current leads elsewhere', 'OUTPUT_BROKEN', remove('current'), link('current', '../elsewhere')],
  ['current is a folder', 'OUTPUT_BROKEN', remove('current'), make('current')],
  ['current is missing among several', 'OUTPUT_BROKEN', remove('current'), make('generations/0002')],
  ['the generations are a link', 'OUTPUT_IS_LINK', moveAway, link('generations', '../pki-moved')],
  ['the manifest is missing', 'OUTPUT_BROKEN', remove(manifest)],
  ['the manifest is no JSON', 'OUTPUT_BROKEN', edit(manifest, '"files":[', '"files":')],
  ['the manifest has other fields', 'OUTPUT_BROKEN', edit(manifest, '"emitter"', '"by"')],
  ['the manifest has a hostile path', 'OUTPUT_BROKEN', edit(manifest, '"authorities/ca.key"', '"../../../ca.key"')],
  ['the manifest is of another generation', 'OUTPUT_BROKEN', edit(manifest, '"generation":1', '"generation":2')],
  ['the plan was edited', 'OUTPUT_BROKEN', edit('current/plan.json', '"backdate":0', '"backdate":1')],
  ['the marker was edited', 'OUTPUT_BROKEN', edit('.kubepki', '"kubepki":1', '"kubepki":9')],
  ['the marker names another cluster', 'OUTPUT_BROKEN', edit('.kubepki', cluster, 'staging')],
  ['the marker is a link', 'READ_FAILED', remove('.kubepki'), link('.kubepki', 'current/plan.json')],
];
for (const [title, code, ...damage] of damages) {
  test(`nothing is read or written where ${title}`, async (t) => {
    const folder = freshFolder(t);
    await generate(folder, 'one');
    for (const one of damage) one(folder);
    const before = everything(folder);
    for (const write of [false, true]) {
      const refusal = codeOf(() => openOutput({ folder, write }));
      t.is(refusal, code);
    }
    t.deepEqual(everything(folder), before);
  });
}

test('a first run that was killed right before its last step is finished by the next', async (t) => {
  const folder = freshFolder(t);
  await generate(folder, 'one');
  unlinkSync(join(folder, 'current'));
  const refusal = codeOf(() => openOutput({ folder, write: false }));
  t.is(refusal, 'OUTPUT_UNFINISHED');
  const output = opened(t, folder);
  t.is(output.generation, 1);
  t.is(wholeText(folder), 'one');
});

test('where an older generation is current again, the next one gets a number of its own', async (t) => {
  const folder = freshFolder(t);
  await generate(folder, 'one');
  await generate(folder, 'two');
  remove('current')(folder);
  link('current', 'generations/0001')(folder);
  await generate(folder, 'three');
  t.is(openOutput({ folder, write: false }).generation, 3);
  t.is(readFileSync(join(folder, 'generations/0002', caKey.path), 'utf8'), 'two authorities/ca.key\n');
});
