import type { Problem } from '@kubepki/core';
import { readYaml } from '@kubepki/presets';
import { failureOf } from '../failure.ts';
import { type Contents, pemContents } from './pem.ts';

const nothing: Contents = { found: [], problems: [] };
const kind = /(^|[\s{,])["']?kind["']?\s*:\s*["']?Config(?![A-Za-z])/;

/** Whether a text is a kubeconfig by its kind, in YAML or JSON. */
export function isKubeconfig(text: string): boolean {
  return kind.test(text);
}

/** The certificates within a kubeconfig; of a file of another kind none. Its keys and tokens are not looked at. */
export function kubeconfigContents(file: string, bytes: Buffer): Contents {
  const text = bytes.toString('utf8');
  if (!isKubeconfig(text) || !/certificate-(authority-)?data/.test(text)) return nothing;
  try {
    const { value } = readYaml(text, file);
    const all = [...entries(value, lists[0]), ...entries(value, lists[1])].map((entry) => entryContents(file, entry));
    return { found: all.flatMap(({ found }) => found), problems: all.flatMap(({ problems }) => problems) };
  } catch (error) {
    const { problems } = failureOf(error) ?? {};
    if (problems === undefined) throw error;
    return { found: [], problems };
  }
}

/** Where a kubeconfig holds certificates: the lists, what is in each entry of them, and its field. */
const lists = [
  { list: 'clusters', inner: 'cluster', field: 'certificate-authority-data' },
  { list: 'users', inner: 'user', field: 'client-certificate-data' },
] as const;

type Entry = { readonly entry: string; readonly data: unknown };

function* entries(value: unknown, { list, inner, field }: (typeof lists)[number]): Generator<Entry> {
  const all = fieldOf(value, list);
  if (!Array.isArray(all)) return;
  for (const [index, item] of all.entries()) {
    const data = fieldOf(fieldOf(item, inner), field);
    if (data !== undefined && data !== null && data !== '') yield { entry: `${list}[${index}]`, data };
  }
}

function entryContents(file: string, { entry, data }: Entry): Contents {
  const wrong = (message: string): Contents => ({ found: [], problems: [{ where: `${file} ${entry}`, message }] });
  const text = typeof data === 'string' ? data.replaceAll(/\s/g, '') : '!';
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return wrong('its certificate is not in base64');
  const contents = pemContents(Buffer.from(text, 'base64').toString('latin1'), { file, entry });
  const named = contents.problems.map((problem): Problem => ({ ...problem, where: `${file} ${entry}` }));
  if (named.length > 0) return { found: [], problems: named };
  return contents.found.length > 0 ? contents : wrong('it holds no certificate in PEM');
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}
