import { isInside, PkiError } from '@kubepki/core';

// What the files of the state are to look like. A path that leads out of the folder is never acted upon.

type Plain = { readonly [key: string]: unknown };

export function objectOf(value: unknown, file: string): Plain {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw broken(file);
}

export function listOf(value: unknown, file: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw broken(file);
}

export function wordOf(value: unknown, file: string): string {
  if (typeof value === 'string') return value;
  throw broken(file);
}

export function pathOf(value: unknown, file: string): string {
  const path = wordOf(value, file);
  if (isInside(path)) return path;
  throw broken(file);
}

export function pathsOf(value: unknown, file: string): readonly string[] {
  return listOf(value, file).map((path) => pathOf(path, file));
}

export function broken(path: string): PkiError {
  return new PkiError('INSTALL_BROKEN', `${path} is not as kubepki wrote it`, {
    hint: 'restore it from a copy, or move it away: then nothing there counts as written by kubepki',
  });
}
