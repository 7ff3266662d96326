import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Emitter } from '@kubepki/core';
import { type EmitterName, emitters } from '@kubepki/presets';
import test, { type ExecutionContext } from 'ava';
import { type Named, readKubeconfigs, readManifests, told } from './harness/kubectl-reads.ts';
import { wildNames } from './harness/wild-names.ts';
import { renderWild } from './harness/wild-plan.ts';
import { findParts, skipReason } from './parts.ts';
import { scratch } from './scratch.ts';

const parts = findParts();
const reason = skipReason(parts, ['kubectl']);
if (reason) console.log(`kubectl reads no names: ${reason}`);
const reading = reason ? test.skip : test;
const kubectl = parts.kubectl ?? '';
const count = 5000;

reading(`kubectl reads ${count} names of clusters, users and contexts as they are, or they are refused before`, (t) => {
  const folder = scratch(t);
  const emitter = emitterOf('kubeconfig');
  const files: string[] = [];
  const wanted: Named[] = [];
  for (const [index, name] of wildNames(count).entries()) {
    const text = renderWild(emitter, { cluster: name, user: name });
    if (text === undefined) continue;
    const file = join(folder, `${index}.conf`);
    writeFileSync(file, text, { mode: 0o600 });
    files.push(file);
    wanted.push({ cluster: name, user: name, context: `${name}@${name}` });
  }
  const found = chunks(files, 250).flatMap((some) => readKubeconfigs(kubectl, some));
  t.deepEqual(sorted(found), sorted(wanted));
  report(t, wanted.length, count);
});

reading(`kubectl reads ${count} names of Secrets, groups and bindings as they are, or they are refused before`, (t) => {
  const folder = scratch(t);
  const texts: string[] = [];
  const wanted: string[] = [];
  for (const name of wildNames(count)) {
    const add = (text: string | undefined, meant: string) => {
      if (text === undefined) return;
      texts.push(text);
      wanted.push(meant);
    };
    add(renderWild(emitterOf('secrets'), { secret: name }), told('Secret', [name]));
    add(renderWild(emitterOf('rbac'), { binding: name }), told('ClusterRoleBinding', [name, name, name]));
  }
  const found = chunks(texts, 1000).flatMap((some, index) =>
    readManifests(kubectl, { file: join(folder, `${index}.yaml`), texts: some }),
  );
  t.deepEqual([...found].sort(), wanted.sort());
  report(t, wanted.length, 2 * count);
});

function emitterOf(name: EmitterName): Emitter {
  const maker = emitters.find(({ emitter }) => emitter === name);
  if (maker === undefined) throw new Error(`no emitter ${name}`);
  return maker.from({});
}

function report(t: ExecutionContext, accepted: number, all: number) {
  t.true(accepted > all / 50 && accepted < all, 'some are accepted, and some are not');
  t.log(`${accepted} are read as they are, ${all - accepted} are refused`);
}

function sorted(names: readonly Named[]): readonly string[] {
  return names.map((name) => JSON.stringify(name)).sort();
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  const starts = Array.from({ length: Math.ceil(items.length / size) }, (_, index) => index * size);
  return starts.map((start) => items.slice(start, start + size));
}
