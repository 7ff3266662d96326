import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PkiError } from '@kubepki/core';
import type { ExecutionContext } from 'ava';
import { openPlace, type Put, type Rules, type Wanted } from './index.ts';

export const state = '.state';
export const key = 'pki/a.key';
export const certificate = 'pki/a.crt';
export const other = 'var/deep/b.pem';
export const only = 'pki/only-old.crt';
export const link = 'var/deep/current.pem';
/** Where tests keep files: in memory, where there is a file system in it. */
const scratch = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** A folder that is not there yet, in one of the test's own. */
export function freshFolder(t: ExecutionContext): string {
  t.timeout(180_000);
  const parent = mkdtempSync(join(scratch, 'kubepki-install-'));
  t.teardown(() => rmSync(parent, { recursive: true, force: true }));
  return join(parent, 'place');
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export function file(path: string, { text = '', mode = 0o600 } = {}) {
  return { path, mode, sha256: sha256(text), text: () => text };
}

/** What a run of that name wants: every file says so. `old` has a file more, and `new` a link that leads elsewhere. */
export function wantedBy(name: string): Wanted {
  const text = (path: string) => `${name} ${path}\n`;
  const files = [
    file(certificate, { text: text(certificate), mode: 0o644 }),
    file(key, { text: text(key) }),
    file(other, { text: text(other) }),
    ...(name === 'old' ? [file(only, { text: text(only) })] : []),
  ];
  return {
    files,
    links: [{ path: link, link: `${name}.pem` }],
    folderMode: (path) => (path === 'pki' ? 0o755 : 0o700),
  };
}

export function put(folder: string, wanted: Wanted | string, rules: Rules = {}): Put {
  const place = openPlace({ folder, state, ...rules });
  try {
    return place.put(typeof wanted === 'string' ? wantedBy(wanted) : wanted);
  } finally {
    place.close();
  }
}

/** What a run that was killed left is put right, and nothing else is done. */
export function recover(folder: string): void {
  openPlace({ folder, state }).close();
}

/** All that lies in a folder but its state, with modes. */
export function lying(folder: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return names.filter((name) => !name.startsWith(state)).map((name) => `${name} ${describe(join(folder, name))}`);
}

/** The run that all that lies there is of. Throws where it is not of one run, or anything else lies there. */
export function runOf(folder: string): string {
  for (const name of ['old', 'new', 'next']) {
    if (JSON.stringify(lying(folder)) === JSON.stringify(expected(name))) return name;
  }
  throw new Error(`the files are of no one run:\n${lying(folder).join('\n')}`);
}

export function failure(action: () => unknown): PkiError {
  try {
    action();
  } catch (error) {
    return error as PkiError;
  }
  throw new Error('no error');
}

function expected(name: string): readonly string[] {
  const { files, links } = wantedBy(name);
  return [
    ...files.map((one) => `${one.path} ${one.mode.toString(8)} ${one.text()}`),
    ...links.map((one) => `${one.path} -> ${one.link}`),
    'pki 755 ',
    'var 700 ',
    'var/deep 700 ',
  ].sort();
}

function describe(path: string): string {
  const stats = lstatSync(path);
  if (stats.isSymbolicLink()) return `-> ${readlinkSync(path)}`;
  return `${(stats.mode & 0o7777).toString(8)} ${stats.isFile() ? readFileSync(path, 'utf8') : ''}`;
}
