import { posix } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { PkiError } from '@kubepki/core';
import { type ParsedTarEntryWithData, unpackTar } from 'modern-tar';
import { type Lying, limits, type OldFiles } from './files.ts';

/**
 * An old PKI in a tar, plain or by gzip, as `tar -cC /etc/kubernetes .` writes it. It is read in memory and never
 * unpacked. Of several entries of one path the last one counts, as for tar.
 * @param name how messages call it
 * @throws PkiError OLD_UNREADABLE where it is no tar, or too large
 */
export async function oldTar(name: string, bytes: Uint8Array): Promise<OldFiles> {
  const entries = await entriesOf(name, unzipped(name, bytes));
  const found = new Map<string, Found>([['', { kind: 'folder' }]]);
  for (const { header, data } of entries) {
    const path = pathOf(header.name);
    if (path === undefined) throw unreadable(name, 'has an entry whose path leads out of it');
    for (let folder = posix.dirname(path); folder !== '.'; folder = posix.dirname(folder)) {
      if (!found.has(folder)) found.set(folder, { kind: 'folder' });
    }
    if (path !== '') found.set(path, entryOf({ type: header.type, target: header.linkname, data }));
  }
  return {
    name,
    where: (path) => `${name}: ${path}`,
    real: () => undefined,
    look: (path) => lyingOf(followHard(found, path)),
    names: (path) => childrenOf(found, path),
    read(path) {
      const entry = followHard(found, path);
      if (entry?.kind !== 'file') throw unreadable(`${name}: ${path}`, 'is not a plain file');
      if (entry.bytes.length > limits.file) throw unreadable(`${name}: ${path}`, `is larger than ${limits.file} bytes`);
      return entry.bytes;
    },
  };
}

type Found =
  | { readonly kind: 'file'; readonly bytes: Uint8Array }
  | { readonly kind: 'link' | 'hard'; readonly target: string }
  | { readonly kind: 'folder' | 'other' };

function entryOf({
  type,
  target = '',
  data = new Uint8Array(),
}: {
  readonly type: string | undefined;
  readonly target: string | undefined;
  readonly data: Uint8Array | undefined;
}): Found {
  switch (type) {
    case 'file':
    case undefined:
      return { kind: 'file', bytes: data };
    case 'symlink':
      return { kind: 'link', target };
    case 'link':
      return { kind: 'hard', target };
    default:
      return { kind: type === 'directory' ? 'folder' : 'other' };
  }
}

/** The second name of a file is, in a tar, an entry that names the first. */
function followHard(found: ReadonlyMap<string, Found>, path: string): Found | undefined {
  const entry = found.get(path);
  if (entry?.kind !== 'hard') return entry;
  const first = found.get(pathOf(entry.target) ?? '');
  return first?.kind === 'file' ? first : { kind: 'other' };
}

function lyingOf(entry: Found | undefined): Lying | undefined {
  if (entry === undefined) return undefined;
  if (entry.kind === 'link') return { kind: 'link', target: entry.target };
  return { kind: entry.kind === 'hard' ? 'other' : entry.kind };
}

function childrenOf(found: ReadonlyMap<string, Found>, folder: string): readonly string[] {
  const start = folder === '' ? '' : `${folder}/`;
  return [...found.keys()]
    .filter((path) => path !== '' && path.startsWith(start) && !path.slice(start.length).includes('/'))
    .map((path) => path.slice(start.length))
    .sort();
}

/** Without `./` or `/` in front and `/` behind; undefined for one that leads out of the archive. */
function pathOf(name: string): string | undefined {
  const names = name.split('/').filter((each) => each !== '' && each !== '.');
  return names.includes('..') ? undefined : names.join('/');
}

async function entriesOf(name: string, bytes: Uint8Array): Promise<readonly ParsedTarEntryWithData[]> {
  // A header has 512 bytes, and an archive ends with two that are empty.
  if (bytes.length < 1024) throw unreadable(name, 'is no tar');
  let entries: readonly ParsedTarEntryWithData[];
  try {
    entries = await unpackTar(bytes, { strict: true });
  } catch {
    throw unreadable(name, 'is no tar, or one that breaks off', 'tar -cC /etc/kubernetes . makes one');
  }
  if (entries.length === 0) throw unreadable(name, 'is an empty tar');
  if (entries.length > limits.entries) throw unreadable(name, `has more than ${limits.entries} entries`);
  return entries;
}

function unzipped(name: string, bytes: Uint8Array): Uint8Array {
  if (bytes.length > limits.archive) throw tooLarge(name);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: limits.archive });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(name);
    throw unreadable(name, 'is compressed, and cannot be decompressed');
  }
}

function tooLarge(name: string): PkiError {
  return unreadable(
    name,
    `is larger than ${limits.archive / 2 ** 20} MiB`,
    'only etc/kubernetes and var/lib/kubelet/pki of a node are needed',
  );
}

function unreadable(name: string, problem: string, hint?: string): PkiError {
  return new PkiError('OLD_UNREADABLE', `${name} ${problem}`, { hint });
}
