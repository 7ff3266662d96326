import type { Path } from './yaml.ts';

const longest = 60;

/** What stands at a path, in a form that is safe to print; undefined where nothing is to be said. */
export function describeFound(value: unknown, path: Path): string | undefined {
  if (value === undefined) return undefined;
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'a map';
  if (mayBeSecret(value, path)) return `a ${typeof value === 'string' ? 'text' : typeof value}`;
  return typeof value === 'string' ? quote(value) : String(value);
}

/** A message, with what was found where that can be said. */
export function withFound(message: string, value: unknown, path: Path): string {
  const found = describeFound(value, path);
  return found === undefined ? message : `${message}, found ${found}`;
}

/** A text in quotes, with escapes for what cannot be seen; a long one is cut. */
export function quote(text: string): string {
  const characters = [...text.slice(0, longest * 2)];
  const cut = characters.slice(0, longest).join('');
  const seen = JSON.stringify(cut).replace(/[^\P{C} ]|[\p{Zl}\p{Zp}]/gu, escaped);
  return text.length > cut.length ? `${seen.slice(0, -1)}…"` : seen;
}

/** A path as people write it: `nodes[2].addresses[0]`, `certificates["apiserver@cp-1"]`. */
export function formatPath(path: Path): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    const name = String(key);
    if (name.includes('-----')) return `${text}[…]`; // a key, in the wrong place
    if (!/^[A-Za-z_][\w-]{0,60}$/.test(name)) return `${text}[${quote(name)}]`;
    return text === '' ? name : `${text}.${name}`;
  }, '');
}

/** Whether a value could be one that nobody should see, by its field or by itself. */
function mayBeSecret(value: unknown, path: Path): boolean {
  const field = String(path.findLast((key) => typeof key === 'string') ?? '');
  return (
    /pass|secret|token|credential|pin$|(^|[^a-z])key$/i.test(field) ||
    (typeof value === 'string' && value.includes('-----'))
  );
}

function escaped(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`;
}
