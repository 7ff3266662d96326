import { type Certificate, generate, type MemoryTree, memoryTree, type Plan, parseCertificates } from '@kubepki/core';
import { type Assembled, assemble, clusterFileSchema, readClusterFile } from '@kubepki/presets';
import { fixtureKeys } from '@kubepki/testkit';
import type { Lying, OldFiles } from '../old/files.ts';
import { type OldPlace, oldPlace } from '../old/place.ts';

/** Files by path; what begins with `-> ` is a link. */
export type Texts = Readonly<Record<string, string>>;

/** Files in memory, as a folder or an archive would give them. */
export function memoryFiles(name: string, texts: Texts): OldFiles {
  const folders = new Set(
    Object.keys(texts).flatMap((path) => path.split('/').map((_, index, names) => names.slice(0, index).join('/'))),
  );
  const look = (path: string): Lying | undefined => {
    const text = texts[path];
    if (text === undefined) return folders.has(path) ? { kind: 'folder' } : undefined;
    return text.startsWith('-> ') ? { kind: 'link', target: text.slice(3) } : { kind: 'file' };
  };
  return {
    name,
    look,
    names: (folder) => {
      const start = folder === '' ? '' : `${folder}/`;
      const all = [...Object.keys(texts), ...folders].filter((path) => path.startsWith(start) && path !== folder);
      return [...new Set(all.map((path) => path.slice(start.length).split('/')[0] ?? ''))].filter(Boolean).sort();
    },
    read: (path) => Buffer.from(texts[path] ?? ''),
    where: (path) => `${name}/${path}`,
    real: (path) => `${name}/${path}`,
  };
}

/** A PKI that was made of a cluster file's text, and all that the text means. */
export type Made = { readonly cluster: Assembled; readonly tree: MemoryTree };

const trees = new Map<string, Promise<Made>>();

export function assembled(text: string): Assembled {
  const { file, facts } = readClusterFile(text, { schema: clusterFileSchema });
  return assemble(file, facts);
}

/** Makes a PKI once, at an instant. */
export function made(text: string, now = new Date()): Promise<Made> {
  const known = trees.get(text);
  if (known !== undefined) return known;
  const making = makeNow(text, now);
  trees.set(text, making);
  return making;
}

export async function makeNow(text: string, now = new Date()): Promise<Made> {
  const cluster = assembled(text);
  const tree = memoryTree();
  for await (const _ of generate({ ...cluster, tree, now, source: fixtureKeys() }));
  return { cluster, tree };
}

/** What lies on a node below a folder, by its path from there. */
export function onNode({ tree }: Made, node: string, folder = 'etc/kubernetes'): Texts {
  const start = `nodes/${node}/${folder === '' ? '' : `${folder}/`}`;
  const texts = [...tree.files].map(([path, { text }]) => [path, text] as const);
  const links = [...tree.links].map(([path, target]) => [path, `-> ${target}`] as const);
  return Object.fromEntries(
    [...texts, ...links]
      .filter(([path]) => path.startsWith(start))
      .map(([path, text]) => [path.slice(start.length), text]),
  );
}

/** The old `/etc/kubernetes` of each node of a plan. */
export function placesOf(pki: Made, folder?: string): OldPlace[] {
  return nodesOf(pki.cluster.plan).map((node) => oldPlace(memoryFiles(node, onNode(pki, node, folder))));
}

/** A folder that has all files of a cluster. */
export function flatPlace({ tree }: Made): OldPlace {
  return oldPlace(memoryFiles('flat', Object.fromEntries([...tree.files].map(([path, { text }]) => [path, text]))));
}

export function nodesOf({ cluster }: Plan): readonly string[] {
  return cluster.nodes.map(({ name }) => name);
}

export function firstCertificate(text: string): Certificate {
  const [first] = parseCertificates(text, 'test');
  if (first === undefined) throw new Error('no certificate');
  return first;
}
