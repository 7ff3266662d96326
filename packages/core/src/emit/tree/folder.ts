import { readdirSync, type Stats, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { PkiError } from '../../error.ts';
import { checkFileSystem } from './file-system.ts';
import { look, readBytes } from './read.ts';
import { reading, unless } from './system.ts';

/** The names in an output folder. */
export const markerFile = '.kubepki';
export const ignoreFile = '.gitignore';
export const generationsFolder = 'generations';
export const currentLink = 'current';

/** Names of runs that were killed: a generation that was not finished, a link that was not yet current. */
export const stagingName = /^\.\d{4,}-[0-9a-f]+\.tmp$/;
export const linkName = /^\.current-[0-9a-f]+\.tmp$/;

const markerSchema = z.object({ kubepki: z.literal(1), cluster: z.string() });

/** What an output folder is before a run. A marker without a cluster is of a run that was killed while it wrote it. */
export type Found = { readonly exists: boolean; readonly marker: boolean; readonly cluster?: string };

/** Looks at an output folder and throws where it is not one of ours and cannot become one. It writes nothing. */
export function inspect(folder: string): Found {
  const stats = look(folder);
  if (stats === undefined) return { exists: false, marker: false };
  if (!stats.isDirectory()) throw notAFolder(folder, stats);
  if (look(join(folder, markerFile)) !== undefined) return { exists: true, marker: true, ...readMarker(folder) };
  const names = reading(folder, () => readdirSync(folder)).filter((name) => name !== 'lost+found');
  if (names.length > 0) throw foreign(folder, names.sort());
  return { exists: true, marker: false };
}

/** Throws where others could put something of theirs in the way of a run that writes into the folder. It need not be there yet. */
export function checkPlace(folder: string): void {
  const parent = dirname(resolve(folder));
  const above = reading(parent, () => unless(['ENOENT', 'ENOTDIR'], () => statSync(parent)));
  if (!above?.isDirectory()) {
    throw new PkiError('OUTPUT_PARENT_MISSING', `${folder} cannot be made: ${parent} is not a folder`, {
      hint: `mkdir -p ${parent}`,
    });
  }
  checkOpen(parent, above);
  checkFileSystem(look(folder) === undefined ? parent : folder);
  checkFolder(folder, { own: true });
}

/** Throws unless a path is a folder (no link to one) or missing, and with `own` this user's and closed to others. */
export function checkFolder(path: string, { own }: { readonly own: boolean }): void {
  const stats = look(path);
  if (stats === undefined) return;
  if (!stats.isDirectory()) throw notAFolder(path, stats);
  if (!own) return;
  checkOpen(path, stats);
  if (process.getuid === undefined || stats.uid === process.getuid()) return;
  throw new PkiError('OUTPUT_OWNER', `${path} belongs to another user (uid ${stats.uid})`, {
    hint: 'run it as that user, or give a folder of your own',
  });
}

function checkOpen(path: string, { mode }: Stats): void {
  const anybody = (mode & 0o002) !== 0;
  const sticky = (mode & 0o1000) !== 0;
  if (!anybody || sticky) return;
  throw new PkiError('OUTPUT_OPEN', `everybody may write into ${path}, so anybody could replace the keys`, {
    hint: `chmod o-w ${path}`,
  });
}

function readMarker(folder: string): { readonly cluster?: string } {
  const path = join(folder, markerFile);
  const text = readBytes(path, 4096).toString();
  if (text === '') return {};
  const parsed = markerSchema.safeParse(json(text));
  if (parsed.success) return { cluster: parsed.data.cluster };
  throw new PkiError('OUTPUT_BROKEN', `${path} is not as kubepki wrote it`, {
    hint: 'restore it: {"kubepki":1,"cluster":"NAME"}, with the name of the cluster',
  });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function notAFolder(path: string, stats: Stats): PkiError {
  const link = stats.isSymbolicLink();
  return new PkiError(link ? 'OUTPUT_IS_LINK' : 'OUTPUT_IS_FILE', `${path} is ${link ? 'a link' : 'no folder'}`, {
    hint: link ? 'give the folder that it leads to' : 'give a folder, or a name that is not taken',
  });
}

function foreign(folder: string, names: readonly string[]): PkiError {
  const some = names.slice(0, 5).join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '');
  const kubeadm =
    names.includes('ca.crt') &&
    ['apiserver.crt', 'etcd', 'front-proxy-ca.crt', 'sa.key'].some((name) => names.includes(name));
  return new PkiError('OUTPUT_FOREIGN', `${folder} has files that are not kubepki's: ${some}`, {
    hint: kubeadm
      ? 'it looks like a PKI that kubeadm made, into which kubepki never writes: give another folder, and kubepki adopt takes over what is there'
      : 'give an empty folder or one that does not exist yet',
  });
}
