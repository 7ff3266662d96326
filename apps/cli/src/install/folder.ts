import { readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { lookAt, readBytes, reading } from '@kubepki/core';
import type { Item } from '../export/contents.ts';
import { AppError } from '../failure.ts';

/** No file of a node is larger. */
const largest = 16 * 2 ** 20;

/** What lies in a folder that `export` wrote for a node, folders before what is in them. */
export function itemsIn(folder: string): readonly Item[] {
  if (lookAt(folder)?.isDirectory()) return [...walk(folder, '')];
  throw new AppError('NOT_EXPORTED', `there is no folder ${folder}`, {
    fault: 'input',
    hint: 'kubepki export NODE… DIR makes it; name DIR',
  });
}

function* walk(root: string, at: string): Generator<Item> {
  const folder = join(root, at);
  for (const name of reading(folder, () => readdirSync(folder)).sort()) {
    const path = at === '' ? name : `${at}/${name}`;
    const full = join(root, path);
    const stats = lookAt(full);
    const mode = (stats?.mode ?? 0) & 0o777;
    if (stats?.isSymbolicLink()) yield { kind: 'link', path, target: reading(full, () => readlinkSync(full)) };
    else if (stats?.isDirectory()) {
      yield { kind: 'folder', path, mode };
      yield* walk(root, path);
    } else yield { kind: 'file', path, mode, text: readBytes(full, largest).toString() };
  }
}
