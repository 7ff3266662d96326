import { dirname } from 'node:path';
import { type ReadConfig, readConfig } from '@kubepki/presets';
import type { Args } from '../options.ts';
import { shown } from '../shell.ts';
import { findConfig } from './find.ts';
import { importDefault } from './import.ts';

/** A config that was found, loaded and checked. */
export type LoadedConfig = ReadConfig & {
  /** The folder from which its paths count. */
  readonly folder: string;
};

/** Loads the config of a run; undefined: there is none. @throws PkiError that names it */
export async function loadConfig(args: Pick<Args, 'file' | 'config'>): Promise<LoadedConfig | undefined> {
  const path = findConfig(args);
  if (path === undefined) return undefined;
  const { exported } = await importDefault(path);
  return { ...readConfig(exported, shown(path)), folder: dirname(path) };
}
