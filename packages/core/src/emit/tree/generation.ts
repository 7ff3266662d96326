import { readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { PkiError } from '../../error.ts';
import type { Plan } from '../../plan/plan.ts';
import { readPlan } from '../../plan/read-plan.ts';
import { currentLink, generationsFolder, markerFile } from './folder.ts';
import { type Manifest, manifestSchema, planText } from './manifest.ts';
import { manifestFile, planFile } from './path.ts';
import { pointCurrent } from './publish.ts';
import { hashFile, look, readBytes, sha256, sha256OfText } from './read.ts';
import { reading, unless } from './system.ts';

/** A plan of a hundred thousand certificates has 63 MB, and a string in Node at most 512. */
const largest = 400 * 2 ** 20;

/** The folder of a generation, from the output folder. */
export function generationPath(generation: number): string {
  return `${generationsFolder}/${String(generation).padStart(4, '0')}`;
}

/** The numbers of all generations that are there, the lowest first. */
export function generationNumbers(folder: string): readonly number[] {
  const path = join(folder, generationsFolder);
  const names = reading(path, () => unless(['ENOENT'], () => readdirSync(path))) ?? [];
  return names
    .filter((name) => /^\d{4,}$/.test(name))
    .map(Number)
    .sort((a, b) => a - b);
}

/** The number of the generation that is current; 0: there is no such link. */
export function currentGeneration(folder: string): number {
  const path = join(folder, currentLink);
  const stats = look(path);
  if (stats === undefined) return 0;
  const target = stats.isSymbolicLink() ? reading(path, () => readlinkSync(path)) : '';
  const number = Number(/^generations\/(\d{4,})$/.exec(target)?.[1] ?? 0);
  if (number > 0 && target === generationPath(number)) return number;
  throw broken(path, 'is not the link to a generation that kubepki made');
}

/**
 * Reads a generation's manifest and plan. Throws OUTPUT_BROKEN where they are not as kubepki wrote them. `plan` is one
 * that may be the same: then it is taken, and the file is not read into another.
 */
export function readGeneration(
  folder: string,
  {
    generation,
    cluster,
    plan: given,
  }: { readonly generation: number; readonly cluster?: string | undefined; readonly plan?: Plan | undefined },
): { readonly manifest: Manifest; readonly plan: Plan } {
  const path = join(folder, generationPath(generation));
  if (!look(path)?.isDirectory()) throw broken(join(folder, currentLink), `leads to ${path}, which is not there`);
  const manifest = parse(join(path, manifestFile), (value) => manifestSchema.safeParse(value));
  const plan =
    taken(join(path, planFile), { given, hash: manifest.value.plan }) ?? parse(join(path, planFile), readPlan);
  if (manifest.value.generation !== generation) throw broken(join(path, manifestFile), 'is of another generation');
  if (manifest.value.plan !== plan.sha256) throw broken(join(path, planFile), 'was changed by hand');
  if (manifest.value.cluster !== cluster) {
    throw broken(
      join(folder, markerFile),
      `names the cluster ${cluster}, and the generation is of ${manifest.value.cluster}`,
    );
  }
  return { manifest: manifest.value, plan: plan.value };
}

/**
 * Makes the first generation current where its run was killed right before that. Where that cannot be what
 * happened, nothing can be said about which generation is current, and OUTPUT_BROKEN is thrown.
 */
export function finishFirst(
  folder: string,
  { cluster, write }: { readonly cluster: string | undefined; readonly write: boolean },
): void {
  const numbers = generationNumbers(folder);
  if (numbers.length === 0 || currentGeneration(folder) !== 0) return;
  if (numbers.join() !== '1') throw broken(join(folder, currentLink), 'is missing');
  if (!write) {
    throw new PkiError('OUTPUT_UNFINISHED', `the first run in ${folder} was killed in its last step`, {
      hint: 'generate once more; it takes over what is there',
    });
  }
  readGeneration(folder, { generation: 1, cluster });
  pointCurrent({ folder, target: generationPath(1) });
}

/** A plan that is at hand, where it is the one in a file. */
function taken(
  path: string,
  { given, hash }: { readonly given: Plan | undefined; readonly hash: string },
): { readonly value: Plan; readonly sha256: string } | undefined {
  if (given === undefined || sha256OfText(planText(given)) !== hash) return undefined;
  return look(path) !== undefined && hashFile(path) === hash ? { value: given, sha256: hash } : undefined;
}

function parse<T>(
  path: string,
  read: (value: unknown) => z.ZodSafeParseResult<T>,
): { readonly value: T; readonly sha256: string } {
  if (look(path) === undefined) throw broken(path, 'is missing');
  const bytes = readBytes(path, largest);
  const parsed = read(json(path, bytes.toString()));
  if (parsed.success) return { value: parsed.data, sha256: sha256(bytes) };
  const [issue] = parsed.error.issues;
  throw broken(path, `is not as kubepki wrote it, at ${z.core.toDotPath(issue?.path ?? []) || 'its top'}`);
}

function json(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw broken(path, 'is not JSON');
  }
}

function broken(path: string, what: string): PkiError {
  return new PkiError('OUTPUT_BROKEN', `${path} ${what}`, {
    hint: 'restore it from a copy, or make an older generation current: kubepki rollback NUMBER',
  });
}
