import type { Entry } from '@kubepki/core';
import { type Context, sha256 } from './context.ts';
import { holdsPrivateKey } from './key-text.ts';
import { octal } from './place.ts';
import { type FileProblem, ofFile } from './problem.ts';
import { remedy } from './remedies.ts';

/** What is wrong with a file as it lies there, and its text where it can be read. */
export function checkFile(
  entry: Entry,
  context: Context,
): { readonly text?: string; readonly problems: readonly FileProblem[] } {
  const { path } = entry;
  const it = context.lying.get(path);
  if (it === undefined) {
    return { problems: [ofFile(path, { check: 'missing', message: 'it is missing', hint: remedy(entry, context) })] };
  }
  if (it.kind !== 'file') {
    const found = it.kind === 'other' ? 'neither a file nor a folder' : `a ${it.kind}`;
    return {
      problems: [
        ofFile(path, {
          check: 'missing',
          message: `it is ${found}, and is to be a file`,
          hint: remedy(entry, context),
        }),
      ],
    };
  }
  const problems = [...modeProblems(entry, it.mode)];
  let text: string;
  try {
    text = context.view.read(path);
  } catch {
    return {
      problems: [
        ...problems,
        ofFile(path, { check: 'content', message: 'it cannot be read', hint: remedy(entry, context) }),
      ],
    };
  }
  if (entry.sha256 !== undefined && sha256(text) !== entry.sha256) {
    problems.push(
      ofFile(path, {
        check: 'changed',
        message: 'it was changed since kubepki wrote it',
        hint: remedy(entry, context),
      }),
    );
  }
  if (!entry.secret && holdsPrivateKey(text)) {
    const message = 'it holds a private key, and is none of the files that are to hold one';
    problems.push(ofFile(path, { check: 'secret', message, hint: 'remove it, and find out who may have read it' }));
  }
  return { text, problems };
}

function* modeProblems({ path, mode, secret, holds, group }: Entry, found: number): Generator<FileProblem> {
  if (!secret && holds.some(({ part }) => part === 'key')) {
    const message = 'it holds a private key, and is not planned as a secret file';
    yield ofFile(path, { check: 'secret', message, hint: 'its emitter is to give it `secret: true`' });
  }
  // A group that is named is of those who read the file; in the tree nobody else gets as far as the file.
  const others = group === undefined ? 0o077 : 0o037;
  if (secret && (mode & others) !== 0) {
    const message = `it holds a private key, and is planned with the mode ${octal(mode)}`;
    yield ofFile(path, { check: 'secret', message, hint: 'its emitter is to give it the mode 0600' });
  }
  if (found === mode) return;
  const open = secret && (found & others) !== 0;
  yield ofFile(path, {
    check: 'mode',
    message: `${open ? 'others can read this secret file: ' : ''}its mode is ${octal(found)}, and ${octal(mode)} is planned`,
    hint: open
      ? `chmod ${octal(mode)} it; where others may have read it, have it made anew`
      : `chmod ${octal(mode)} it`,
  });
}
