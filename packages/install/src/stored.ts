import { renameSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { lookAt, PkiError, readBytes, syncFolder, writing } from '@kubepki/core';
import { broken, objectOf } from './shape.ts';
import { createChecked } from './write.ts';

/** A record of a hundred thousand files has 20 MB. */
const largest = 200 * 2 ** 20;

/** Reads a file of JSON of the state; undefined: there is none. */
export function readStored(path: string): { readonly [key: string]: unknown } | undefined {
  if (lookAt(path) === undefined) return undefined;
  const found = objectOf(parse(path), path);
  if (found.version !== 1) throw broken(path);
  return found;
}

/** Writes a file of the state as a whole, and stores it. */
export function writeStored(state: string, { name, value }: { readonly name: string; readonly value: object }): void {
  const temp = waiting(state, name);
  removeWaiting(state, [name]);
  if (createChecked({ path: temp, mode: 0o600 }, `${JSON.stringify({ version: 1, ...value })}\n`) === undefined) {
    throw new PkiError('WRITE_FAILED', `cannot write ${temp}: another program makes it`, { fault: 'system' });
  }
  const path = join(state, name);
  writing(path, () => renameSync(temp, path));
  syncFolder(state);
}

export function removeStored(state: string, name: string): void {
  const path = join(state, name);
  writing(path, () => unlinkSync(path));
  syncFolder(state);
}

/** Removes what a run that was killed had not finished to write. */
export function removeWaiting(state: string, names: readonly string[]): void {
  for (const name of names) {
    const temp = waiting(state, name);
    if (lookAt(temp) !== undefined) writing(temp, () => unlinkSync(temp));
  }
}

function waiting(state: string, name: string): string {
  return join(state, `.${name}.tmp`);
}

function parse(path: string): unknown {
  try {
    return JSON.parse(readBytes(path, largest).toString());
  } catch (error) {
    if (error instanceof PkiError) throw error;
    throw broken(path);
  }
}
