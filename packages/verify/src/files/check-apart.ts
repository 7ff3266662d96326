import { lstatSync } from 'node:fs';
import { keyFromPrivatePem, PkiError, readAuthorityKey, type Spec, sameKey } from '@kubepki/core';
import type { Found } from './found.ts';
import { octal } from './place.ts';
import { type FileProblem, ofId } from './problem.ts';

/** The authorities' keys in a folder of their own belong to the tree's authorities, and nobody else reads them. One that is not there is elsewhere. */
export function* checkApart(
  specs: readonly Spec[],
  { folder, find }: { readonly folder: string; find(id: string): Found | undefined },
): Generator<FileProblem> {
  for (const { kind, id } of specs) {
    const certificate = kind === 'authority' ? find(id)?.certificate : undefined;
    if (certificate === undefined) continue;
    try {
      const key = readAuthorityKey(folder, id);
      if (key === undefined) continue;
      const mode = lstatSync(key.where).mode & 0o777;
      if ((mode & 0o077) !== 0) {
        const message = `others can read its key: the mode of ${key.where} is ${octal(mode)}`;
        yield ofId(id, { check: 'mode', message, hint: 'chmod 0600 it, and find out who may have read it' });
      }
      if (sameKey(keyFromPrivatePem(key.text, key.where), certificate)) continue;
      const message = `the key in ${key.where} does not belong to its certificate`;
      yield ofId(id, { check: 'key', message, hint: 'give the folder that had the keys when they were made' });
    } catch (error) {
      if (!(error instanceof PkiError)) throw error;
      yield ofId(id, {
        check: 'content',
        message: error.message,
        hint: 'give the folder that had the keys when they were made',
      });
    }
  }
}
