import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../../..');

/** A package that other code can import: where it lies, and its public names. */
export type Package = {
  readonly name: string;
  readonly description: string;
  /** Relative to the root, with `/`. */
  readonly folder: string;
  readonly values: readonly string[];
  readonly types: readonly string[];
};

function read(path: string) {
  return JSON.parse(readFileSync(join(root, path), 'utf8'));
}

const pinned: Readonly<Record<string, Pick<Package, 'values' | 'types'>>> = read('packaging/exports.json');
const plugins = ['packages/components', 'packages/emitters'];

/** Every package whose public names are pinned, by kind and in the order of the alphabet. */
export const packages: readonly Package[] = [
  ...['adopt', 'core', 'install', 'presets', 'report', 'status', 'testkit', 'verify'].map((name) => `packages/${name}`),
  ...plugins.flatMap((folder) =>
    readdirSync(join(root, folder))
      .sort()
      .map((name) => `${folder}/${name}`),
  ),
].flatMap((folder) => {
  const { name, description } = read(`${folder}/package.json`);
  const names = pinned[name];
  return names === undefined ? [] : [{ name, description, folder, ...names }];
});

/** Packages whose public names are pinned, and that are in none of these folders. */
export const unknown: readonly string[] = Object.keys(pinned).filter(
  (name) => !packages.some((one) => one.name === name),
);
