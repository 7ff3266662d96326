import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a package.json says, as far as it is looked at here. */
export type Manifest = {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
};

/** A package of this repository that is published. */
export type Package = { readonly name: string; readonly folder: string; readonly manifest: Manifest };

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

/** Every package that is published, in the order of its folder's name. */
export const packages: readonly Package[] = [join(root, 'packages'), join(root, 'apps')]
  .flatMap((folder) => foldersWithin(folder, 2))
  .filter((folder) => existsSync(join(folder, 'package.json')))
  .map((folder) => ({ name: readManifest(folder).name, folder, manifest: readManifest(folder) }))
  .filter(({ manifest }) => manifest.private !== true)
  .sort((a, b) => (a.folder < b.folder ? -1 : 1));

/** Packages that other code can import: all but those that are programs alone. */
export const importable = packages.filter(({ manifest }) => manifest.exports !== undefined);

/** A component, an emitter or a signer. */
export function isPlugin({ folder }: Package): boolean {
  return /^packages\/(components|emitters|signers)\//.test(relative(root, folder));
}

function foldersWithin(folder: string, depth: number): string[] {
  if (depth === 0) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter(
      (entry) => entry.isDirectory() && !['node_modules', 'src', 'dist', 'template', 'templates'].includes(entry.name),
    )
    .flatMap(({ name }) => [join(folder, name), ...foldersWithin(join(folder, name), depth - 1)]);
}
