import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { filesIn, walk } from './walk.ts';

type Manifest = {
  readonly generation: number;
  readonly plan: string;
  readonly files: readonly { readonly path: string; readonly mode: number; readonly sha256?: string }[];
  readonly links: readonly { readonly path: string; readonly link: string }[];
};

/** What of an output folder is current, and what is wrong with it, by its manifest and without any code of the program. */
export type State = { readonly generation: number; readonly wrong: readonly string[] };

const own = ['plan.json', 'manifest.json'];

/** The generation that is current; 0: there is none. */
export function stateOf(tree: string): State {
  const current = join(tree, 'current');
  const target = attempt(() => readlinkSync(current));
  if (target === undefined)
    return { generation: 0, wrong: attempt(() => lstatSync(current)) ? ['current is no link'] : [] };
  const manifest = manifestOf(current);
  if (manifest === undefined) return { generation: -1, wrong: [`${target} has no manifest that can be read`] };
  const name = `generations/${String(manifest.generation).padStart(4, '0')}`;
  const wrong = [...(name === target ? [] : [`${target} says that it is ${name}`]), ...wrongIn(current, manifest)];
  return { generation: manifest.generation, wrong };
}

/** The numbers of the generations that an output folder keeps. */
export function kept(tree: string): readonly number[] {
  const names = attempt(() => readdirSync(join(tree, 'generations'))) ?? [];
  return names.filter((name) => /^\d{4,}$/.test(name)).map(Number);
}

/** The hashes of the files of every generation that is kept, by path. */
export function hashesOf(tree: string): ReadonlySet<string> {
  const manifests = kept(tree).map((number) => manifestOf(join(tree, 'generations', String(number).padStart(4, '0'))));
  return new Set(manifests.flatMap((one) => one?.files.map(({ path, sha256 }) => `${path} ${sha256}`) ?? []));
}

/** What of the current generation does not lie in a folder at its name; with what should not. */
export function notInPlace(tree: string, place: string): readonly string[] {
  const manifest = manifestOf(join(tree, 'current'));
  return manifest === undefined ? ['there is no generation'] : wrongIn(place, manifest);
}

/** The names below a folder that only a run that was not finished would leave. */
export function leftovers(folder: string): readonly string[] {
  if (!attempt(() => lstatSync(folder))) return [];
  return [...walk(folder)].map(({ path }) => path).filter((path) => /\.tmp(\/|$)|(^|\/)journal\.json$/.test(path));
}

export function sha256(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

function manifestOf(generation: string): Manifest | undefined {
  return attempt(() => JSON.parse(readFileSync(join(generation, 'manifest.json'), 'utf8')) as Manifest);
}

function wrongIn(folder: string, { files, links, plan }: Manifest): readonly string[] {
  const wrong: string[] = [];
  for (const { path, mode, sha256: hash } of files) {
    if (hash === undefined) continue;
    const stats = attempt(() => lstatSync(join(folder, path)));
    if (!stats?.isFile()) wrong.push(`${path} is missing`);
    else if (sha256(join(folder, path)) !== hash) wrong.push(`${path} is torn or of another run`);
    else if ((stats.mode & 0o777) !== mode) wrong.push(`${path} has the mode ${(stats.mode & 0o777).toString(8)}`);
  }
  for (const { path, link } of links) {
    if (attempt(() => readlinkSync(join(folder, path))) !== link) wrong.push(`${path} is no link to ${link}`);
  }
  if (attempt(() => lstatSync(join(folder, 'plan.json'))) && sha256(join(folder, 'plan.json')) !== plan)
    wrong.push('plan.json is of another run');
  const known = new Set([...files, ...links].map(({ path }) => path));
  const strange = filesIn(`${folder}/`).filter((path) => !known.has(path) && !own.includes(path) && !isState(path));
  return [...wrong, ...strange.map((path) => `${path} is in no manifest`)];
}

/** What is remembered beside files in place. */
function isState(path: string): boolean {
  return path.startsWith('.kubepki-in-place/');
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
