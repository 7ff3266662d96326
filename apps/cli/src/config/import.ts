import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { explain, needsTsx, noDefault, noTypeScript } from './explain.ts';

/**
 * What a module exports as its default. Node itself loads it where it can; else tsx does, where the module's
 * own project has that installed.
 * @throws PkiError that names the file, and where known the line
 */
export async function importDefault(path: string): Promise<{ readonly exported: unknown }> {
  const { href } = pathToFileURL(resolve(path));
  // In an object, as a promise that is exported must not be taken for this function's own.
  return { exported: defaultOf(await load(href, path), path) };
}

async function load(href: string, path: string): Promise<unknown> {
  try {
    return await import(href);
  } catch (error) {
    if (!needsTsx(error)) throw explain(error, path);
    const tsx = findTsx(href);
    if (tsx === undefined) throw noTypeScript(error, path);
    return loadWith(tsx, { href, path });
  }
}

async function loadWith(
  tsx: string,
  { href, path }: { readonly href: string; readonly path: string },
): Promise<unknown> {
  try {
    await import(pathToFileURL(tsx).href);
    // Node remembers by its URL that a module failed.
    return await import(`${href}#tsx`);
  } catch (error) {
    throw needsTsx(error) ? noTypeScript(error, path) : explain(error, path);
  }
}

function findTsx(href: string): string | undefined {
  try {
    return createRequire(href).resolve('tsx');
  } catch {
    return undefined;
  }
}

/** What was compiled to CommonJS carries its default within the default. */
function defaultOf(module: unknown, path: string): unknown {
  const outer = inner(module);
  if (outer === undefined) throw noDefault(path);
  const own = inner(outer.value);
  return own !== undefined && isCompiled(outer.value) ? own.value : outer.value;
}

function inner(module: unknown): { readonly value: unknown } | undefined {
  const has = typeof module === 'object' && module !== null && 'default' in module;
  return has ? { value: module.default } : undefined;
}

function isCompiled(value: unknown): boolean {
  return typeof value === 'object' && value !== null && '__esModule' in value;
}
