import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure } from './failure.ts';
import type { Kind, Names } from './names.ts';

const templates = fileURLToPath(new URL('../templates/', import.meta.url));
const manifest = fileURLToPath(new URL('../package.json', import.meta.url));

/** Writes a template's files into a new folder, and returns their paths in it. @throws Failure, with nothing written */
export function create(kind: Kind, { names, cwd }: { readonly names: Names; readonly cwd: string }): readonly string[] {
  const files = filesOf(kind, names);
  const folder = join(cwd, names.folder);
  makeFolder(folder, names.folder);
  try {
    for (const { path, text } of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text, { flag: 'wx' });
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw refused(error, names.folder);
  }
  return files.map(({ path }) => path);
}

type TemplateFile = { readonly path: string; readonly text: string };

function filesOf(kind: Kind, { name, camelName }: Names): readonly TemplateFile[] {
  const from = join(templates, kind);
  // All packages of kubepki have one version.
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly version: string };
  const values: Readonly<Record<string, string>> = { NAME: name, camelName, VERSION: version };
  return readdirSync(from, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => ({
      // npm leaves a .gitignore out of packages.
      path: relative(from, file).replace(/^gitignore$/, '.gitignore'),
      text: readFileSync(file, 'utf8').replace(/\bNAME\b|camelName|\bVERSION\b/g, (token) => values[token] ?? token),
    }));
}

function makeFolder(folder: string, name: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw refused(error, name);
    throw new Failure(`${name} is there already`, { exitCode: 65, hint: 'take another name, or remove it' });
  }
}

function refused(error: unknown, name: string): Failure {
  const reason = error instanceof Error ? error.message : String(error);
  return new Failure(`${name} could not be written: ${reason}`, { exitCode: 74 });
}
