import type { Credential } from '../credential.ts';
import { PkiError } from '../error.ts';
import type { Plan } from '../plan/plan.ts';
import { drawRandom } from '../random.ts';
import type { Random } from '../sign/serial.ts';
import { entryOf, isAtHand, sameEntry } from './entry.ts';
import type { ContentFile, Emitter, Get, Layout, Part } from './file.ts';
import { pemOf } from './holding.ts';
import { parts } from './parts.ts';
import { type PlannedFile, partFiles } from './plan-files.ts';
import type { Tree } from './tree/tree.ts';

/** What is emitted beside the credentials: whose plan it is, and what writes which files to where. */
export type EmitContext = {
  readonly plan: Plan;
  readonly emitters: readonly Emitter[];
  readonly layout: Layout;
  readonly tree: Tree;
  /** Authorities' keys lie in a folder of their own. */
  readonly apart?: boolean;
  /** For what emitters encrypt; by default that of `node:crypto`. */
  readonly random?: Random;
};

/**
 * Pushes the files of credentials into a tree, part by part, and passes each credential on once its
 * part is written. Credentials come in plan order. Memory holds the cluster's part and one node's.
 */
export async function* emit(credentials: AsyncIterable<Credential>, context: EmitContext): AsyncGenerator<Credential> {
  const source = credentials[Symbol.asyncIterator]();
  const shared = new Map<string, Credential>();
  const written = new Set<string>();
  const random = context.random ?? drawRandom();
  try {
    for (const part of parts(context.plan)) {
      const own = part.node === undefined ? shared : new Map<string, Credential>();
      const done = await collect(source, { part, into: own });
      const find = finder(own, shared);
      for (const planned of partFiles(part, context)) {
        if (written.has(planned.file.path)) continue;
        written.add(planned.file.path);
        await emitFile(planned, { ...context, random, find });
      }
      yield* done;
    }
  } finally {
    await source.return?.();
  }
}

/** Finds credentials of a part, and those that all parts share. @throws PkiError where an emitter asks for another's */
export function finder<T>(own: ReadonlyMap<string, T>, shared: ReadonlyMap<string, T>): (id: string) => T {
  return (id) => {
    const found = own.get(id) ?? shared.get(id);
    if (found !== undefined) return found;
    throw new PkiError('FILE_HOLDS_NOTHING', `a file is to hold ${id}, which is not of its part`, {
      hint: 'an emitter may use what its part holds, authorities and what belongs to the cluster',
    });
  };
}

async function collect(
  source: AsyncIterator<Credential>,
  { part, into }: { readonly part: Part; readonly into: Map<string, Credential> },
): Promise<readonly Credential[]> {
  const done: Credential[] = [];
  for (const spec of part.specs) {
    if (spec.kind === 'elsewhere') continue;
    const next = await source.next();
    if (next.done || next.value.spec.id !== spec.id) throw new Error(`credentials out of plan order at ${spec.id}`);
    into.set(spec.id, next.value);
    done.push(next.value);
  }
  return done;
}

type FileContext = EmitContext & { readonly random: Random; readonly find: (id: string) => Credential };

async function emitFile(planned: PlannedFile, { tree, find, random, apart = false }: FileContext): Promise<void> {
  if (planned.link) return tree.link(planned.file);
  const { file, emitter, fields } = planned;
  const entry = entryOf(file, { emitter: emitter.name, fields, find, apart });
  const current = tree.current(file.path);
  if (!isAtHand(file, find)) return tree.keep(file, current ?? { ...entry, apart: true });
  if (current !== undefined && sameEntry(entry, current)) return tree.keep(file, entry);
  await tree.write(file, render(file, { emitter, find, random }), entry);
}

function render(
  file: ContentFile,
  { emitter, find, random }: Pick<FileContext, 'find' | 'random'> & { readonly emitter: Emitter },
): string {
  const get: Get = ({ id, part }) => {
    if (file.holds.some((held) => held.id === id && held.part === part)) return pemOf(find(id), part);
    throw new PkiError('FILE_HOLDS_NOTHING', `${file.path} is not said to hold the ${part} of ${id}`, {
      hint: 'an emitter is given what `holds` of a file names, and nothing else',
    });
  };
  return emitter.render(file, get, random);
}
