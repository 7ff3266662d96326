import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Node } from './nodes.ts';
import { type Package, readManifest, root } from './workspace.ts';

/** What `main.ts` prepares once for all tests. */
export type Prepared = {
  /** Each package's tarball, by the package's name. */
  readonly tarballs: Readonly<Record<string, string>>;
  /** An empty project in which all tarballs were installed together. */
  readonly project: string;
  /** Where the program was installed with `npm install -g`. */
  readonly program: string;
  readonly nodes: readonly Node[];
};

export const variable = 'KUBEPKI_PACKAGING';

/** What was prepared for the tests. @throws where they are run without `npm run packaging` */
export function prepared(): Prepared {
  const folder = process.env[variable];
  if (folder === undefined) throw new Error('these tests are run by `npm run packaging`');
  return JSON.parse(readFileSync(join(folder, 'prepared.json'), 'utf8')) as Prepared;
}

/** A published package as it is in the project. */
export function installed({ name }: Package): string {
  return join(prepared().project, 'node_modules', name);
}

/** A compiler or tool of this workspace. */
export function tool(name: string): string {
  return join(root, 'packaging', 'node_modules', '.bin', name);
}

/** Where the installed program's own files are; its packages are in `node_modules` there. */
export function programHome(): string {
  return join(prepared().program, 'lib', 'node_modules', 'kubepki');
}

/** The file that the program begins with, by its own manifest. */
export function programOf(home: string): string {
  return join(home, readManifest(home).bin?.kubepki ?? '');
}

/** The names of the packages in a `node_modules`. */
export function packagesIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) =>
      name.startsWith('@') ? readdirSync(join(folder, name)).map((one) => `${name}/${one}`) : [name],
    );
}
