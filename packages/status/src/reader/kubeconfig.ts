import { dirname, isAbsolute, join } from 'node:path';
import { PkiError, type Problem } from '@kubepki/core';
import { readYaml } from '@kubepki/presets';
import { type Contents, nothing, pemContents } from './pem.ts';
import type { Source } from './walk.ts';

const kind = /(^|[\s{,])["']?kind["']?\s*:\s*["']?Config(?![A-Za-z])/;

/** Whether a text is a kubeconfig by its kind, in YAML or JSON. */
export function isKubeconfig(text: string): boolean {
  return kind.test(text);
}

/**
 * The certificates within a kubeconfig, and the files that it names; of a file of another kind none. Its keys and
 * tokens are not looked at.
 */
export function kubeconfigContents({ path: file, named }: Source, bytes: Buffer): Contents {
  const text = bytes.toString('utf8');
  if (!isKubeconfig(text) || !/certificate-authority|client-certificate/.test(text)) return nothing;
  try {
    const { value } = readYaml(text, file);
    return joined(lists.flatMap((list) => [...entries(value, list)].map((entry) => entryContents(file, entry))));
  } catch (error) {
    if (!(error instanceof PkiError)) throw error;
    // A text that only speaks of kubeconfigs is worth a word where it was named, or seems to hold a certificate.
    const worth = named || /certificate-(authority-)?data/.test(text);
    return worth ? { ...nothing, problems: error.problems } : nothing;
  }
}

/** Where a kubeconfig holds certificates: the lists, what is in each entry of them, and its fields. */
const lists = [
  { list: 'clusters', inner: 'cluster', field: 'certificate-authority' },
  { list: 'users', inner: 'user', field: 'client-certificate' },
] as const;

/** An entry with the certificate in it, or else with the path of its file. client-go takes the data where both are there. */
type Entry = { readonly entry: string; readonly data?: unknown; readonly path?: unknown };

function* entries(value: unknown, { list, inner, field }: (typeof lists)[number]): Generator<Entry> {
  const all = fieldOf(value, list);
  if (!Array.isArray(all)) return;
  for (const [index, item] of all.entries()) {
    const of = fieldOf(item, inner);
    const [data, path] = [fieldOf(of, `${field}-data`), fieldOf(of, field)];
    const entry = `${list}[${index}]`;
    if (!isEmpty(data)) yield { entry, data };
    else if (!isEmpty(path)) yield { entry, path };
  }
}

function entryContents(file: string, { entry, data, path }: Entry): Contents {
  const place = { file, entry };
  const wrong = (message: string): Contents => ({ ...nothing, problems: [{ where: `${file} ${entry}`, message }] });
  if (path !== undefined) {
    if (typeof path !== 'string') return wrong('the path of its certificate is no text');
    // client-go counts paths from the kubeconfig's folder (tools/clientcmd, ResolveLocalPaths).
    return { ...nothing, references: [{ place, path: isAbsolute(path) ? path : join(dirname(file), path) }] };
  }
  const text = typeof data === 'string' ? data.replaceAll(/\s/g, '') : '!';
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return wrong('its certificate is not in base64');
  const contents = pemContents(Buffer.from(text, 'base64').toString('latin1'), place);
  const named = contents.problems.map((problem): Problem => ({ ...problem, where: `${file} ${entry}` }));
  if (named.length > 0) return { ...nothing, problems: named };
  return contents.found.length > 0 ? contents : wrong('it holds no certificate in PEM');
}

function joined(all: readonly Contents[]): Contents {
  return {
    found: all.flatMap(({ found }) => found),
    problems: all.flatMap(({ problems }) => problems),
    references: all.flatMap(({ references }) => references),
  };
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}
