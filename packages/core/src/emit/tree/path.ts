import { posix } from 'node:path';
import { PkiError } from '../../error.ts';

/** The tree's own file with the plan, which stands beside those of the emitters. */
export const planFile = 'plan.json';
/** The tree's own file that names all others, and what each holds. */
export const manifestFile = 'manifest.json';
const own: readonly string[] = [planFile, manifestFile];

/** Whether a path is relative, has `/` only, and cannot leave its folder: no `..`, no empty segment, no control character. */
export function isInside(path: string): boolean {
  return path.split('/').every(isName);
}

/** The folders that a path of a tree lies in, each as a path, the outermost first; the tree's own is not among them. */
export function* foldersOf(path: string): Generator<string> {
  for (let end = path.indexOf('/', 1); end !== -1; end = path.indexOf('/', end + 1)) yield path.slice(0, end);
}

/** Throws PATH_UNSAFE unless a file of that path can be in a tree. */
export function checkPath(path: string): void {
  if (isInside(path) && !own.includes(path.toLowerCase())) return;
  throw new PkiError('PATH_UNSAFE', `${JSON.stringify(path)} cannot be the path of a file in the output folder`, {
    hint: `a path is relative, has / between its names, has no . or .. among them, and is not ${own.join(' or ')}`,
  });
}

/** Throws LINK_UNSAFE unless the link leads to something in its own folder or below. */
export function checkLink(path: string, target: string): void {
  checkPath(path);
  if (isInside(target) && target !== posix.basename(path)) return;
  throw new PkiError('LINK_UNSAFE', `${path} cannot be a link to ${JSON.stringify(target)}`, {
    hint: 'a link leads to a file of its own folder or of a folder in it',
  });
}

function isName(segment: string): boolean {
  if (segment === '' || segment === '.' || segment === '..' || Buffer.byteLength(segment) > 255) return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  return !/[\u0000-\u001f\\\u007f-\u009f]/.test(segment);
}
