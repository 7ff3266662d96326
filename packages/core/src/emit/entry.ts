import type { Credential } from '../credential.ts';
import { PkiError } from '../error.ts';
import type { ContentFile, Entry } from './file.ts';
import { atHand, holdingEntry } from './holding.ts';

/** The manifest's line for a file, before its bytes are known. `apart`: authorities' keys lie in a folder of their own. */
export function entryOf(
  file: ContentFile,
  {
    emitter,
    fields,
    find,
    apart,
  }: {
    readonly emitter: string;
    readonly fields: string;
    readonly find: (id: string) => Credential;
    readonly apart: boolean;
  },
): Entry {
  const { path, mode, owner, group, secret, holds } = file;
  return {
    path,
    emitter,
    fields,
    mode,
    ...(owner === undefined ? {} : { owner }),
    ...(group === undefined ? {} : { group }),
    secret,
    holds: holds.map((holding) => holdingEntry(find(holding.id), holding)),
    ...(apart && liesApart(file, find) ? { apart: true } : {}),
  };
}

/** Whether everything that a file holds can be written. */
export function isAtHand(file: ContentFile, find: (id: string) => Credential): boolean {
  return file.holds.every(({ id, part }) => atHand(find(id), part));
}

/** Whether a file of the current generation can stay: the same fields, and the same things in it. */
export function sameEntry(entry: Entry, current: Entry): boolean {
  return (
    current.fields === entry.fields &&
    current.apart === entry.apart &&
    current.holds.length === entry.holds.length &&
    current.holds.every((held, index) => held.fingerprint === entry.holds[index]?.fingerprint)
  );
}

/** Whether a file is an authority's key. @throws PkiError AUTHORITY_KEYS_COPIED where it is that and more */
function liesApart({ path, holds, encrypted }: ContentFile, find: (id: string) => Credential): boolean {
  const own = holds.filter(({ id, part }) => part === 'key' && find(id).spec.kind === 'authority');
  if (own.length === 0 || encrypted) return false;
  if (holds.length === 1) return true;
  const names = own.map(({ id }) => id).join(', ');
  throw new PkiError('AUTHORITY_KEYS_COPIED', `${path} is to hold the key of ${names}, and such keys are kept apart`, {
    hint: 'leave out the emitter that writes it, or what asks it for this key; or keep the keys in the tree',
  });
}
