import { statSync } from 'node:fs';
import { addAbortSignal } from 'node:stream';
import { type OldFiles, type OldPlace, oldFolder, oldLimits, oldPlace, oldTar } from '@kubepki/adopt';
import { usage } from '../failure.ts';
import type { Session } from '../session.ts';
import { readBytes } from '../source.ts';

/**
 * The folders and archives that are named, as DIR, TAR, `-` for a tar on stdin, or with NODE= in front of one.
 * @throws PkiError, AppError where one cannot be read, or is of no form that is known
 */
export async function placesOf(
  words: readonly string[],
  { stdin, signal }: Pick<Session, 'stdin' | 'signal'>,
): Promise<readonly OldPlace[]> {
  if (words.filter((word) => split(word).path === '-').length > 1)
    throw usage('STDIN_TWICE', 'stdin is named twice, and is one tar');
  const places: OldPlace[] = [];
  for (const word of words) {
    signal.throwIfAborted();
    const { node, path } = split(word);
    places.push(oldPlace(path === '-' ? await piped(stdin, signal) : await filesOf(path), node));
  }
  return places;
}

/** A node's name in front of a path. What has a / before its = is all a path. */
function split(word: string): { readonly node?: string; readonly path: string } {
  const [, node, path] = /^([a-z0-9]([a-z0-9.-]*[a-z0-9])?)=(.+)$/s.exec(word)?.filter((_, index) => index !== 2) ?? [];
  return node === undefined || path === undefined ? { path: word } : { node, path };
}

async function filesOf(path: string): Promise<OldFiles> {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return oldFolder(path);
  return oldTar(path, readBytes(path, { what: 'folder or tar of a PKI', limit: oldLimits.archive }));
}

/** What comes through a network takes its time, and can be stopped meanwhile. */
async function piped(stdin: Session['stdin'], signal: AbortSignal): Promise<OldFiles> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of addAbortSignal(signal, stdin)) {
      chunks.push(Buffer.from(chunk));
      size += chunks.at(-1)?.length ?? 0;
      // What is too large is refused by its length, and need not come to its end.
      if (size > oldLimits.archive) break;
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
  return oldTar('stdin', Buffer.concat(chunks));
}
