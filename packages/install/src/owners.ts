import { join } from 'node:path';
import { lookAt, type Owner, PkiError, readBytes } from '@kubepki/core';

/** Says whose a file is to be on a machine. */
export type Owners = (path: string, names: { readonly owner?: string; readonly group?: string }) => Owner;

/**
 * The owners of files on a machine whose `/` is a folder: root, unless a user or a group is named, by the machine's own
 * /etc/passwd and /etc/group. A user's group is the user's own.
 * @throws PkiError OWNER_UNKNOWN where there is none of that name
 */
export function ownersOn(root: string): Owners {
  const users = table(root, 'etc/passwd');
  const groups = table(root, 'etc/group');
  return (path, { owner, group }) => {
    const user = owner === undefined ? { id: 0, group: 0 } : find(users, { name: owner, path, what: 'user' });
    const gid = group === undefined ? user.group : find(groups, { name: group, path, what: 'group' }).id;
    return { uid: user.id, gid };
  };
}

type Row = { readonly id: number; readonly group: number };
type Table = { readonly file: string; readonly rows: ReadonlyMap<string, Row> };

function table(root: string, name: string): Table {
  const file = join(root, name);
  const text = lookAt(file)?.isFile() ? readBytes(file, 2 ** 24).toString() : '';
  const rows = text.split('\n').flatMap((line): [string, Row][] => {
    const [user = '', , id, group] = line.split(':');
    return isNumber(id) ? [[user, { id: Number(id), group: isNumber(group) ? Number(group) : Number(id) }]] : [];
  });
  return { file, rows: new Map(rows) };
}

function find(
  { file, rows }: Table,
  { name, path, what }: { readonly name: string; readonly path: string; readonly what: string },
): Row {
  const row = rows.get(name) ?? (isNumber(name) ? { id: Number(name), group: Number(name) } : undefined);
  if (row !== undefined) return row;
  throw new PkiError('OWNER_UNKNOWN', `${path} is to belong to the ${what} ${name}, who is not in ${file}`, {
    hint: `make the ${what} first, or let its emitter give a number`,
  });
}

function isNumber(word: string | undefined): word is string {
  return word !== undefined && /^\d{1,10}$/.test(word);
}
