import { foldersOf, keyFromPrivatePem, type Lying, manifestFile, planFile, spkiOf } from '@kubepki/core';
import { type Context, nodeOfPath, sha256 } from './context.ts';
import { privateKeysIn } from './key-text.ts';
import { type FileProblem, ofFile } from './problem.ts';

/** Compares what lies in a tree with what its manifest names: links, folders with their modes, and what is no part of it. */
export function* checkPlace(context: Context): Generator<FileProblem> {
  const { view, lying } = context;
  const wanted = wantedFolders(context);
  for (const it of lying.values()) {
    if (it.kind === 'folder' && wanted.has(it.path)) yield* checkFolder(it, context);
    else if (!view.entries.has(it.path) && !view.links.has(it.path)) yield* checkUnnamed(it, { context, wanted });
  }
  for (const [path, link] of view.links) yield* checkLink(path, { link, lying });
}

/** Every folder that a file or link of the manifest lies in. */
function wantedFolders({ view }: Context): ReadonlySet<string> {
  const folders = new Set(['.']);
  for (const path of [...view.entries.keys(), ...view.links.keys()]) {
    for (const folder of foldersOf(path)) folders.add(folder);
  }
  return folders;
}

/** A folder's owner goes in and out, and others may no more than planned. */
function* checkFolder(
  { path, mode }: { readonly path: string; readonly mode: number },
  { layout }: Context,
): Generator<FileProblem> {
  const planned = path === '.' ? 0o700 : (layout?.folderMode(path) ?? 0o755) | 0o700;
  const found = mode & 0o777;
  if ((found & ~planned) !== 0) {
    yield ofFile(path, {
      check: 'mode',
      message: `the folder is open to others: its mode is ${octal(found)}, and ${octal(planned)} is planned`,
      hint: `chmod ${octal(planned)} it`,
    });
  } else if ((found & 0o700) !== 0o700) {
    yield ofFile(path, {
      check: 'mode',
      message: `the folder is closed to its owner: its mode is ${octal(found)}`,
      hint: `chmod ${octal(planned)} it`,
    });
  }
}

function* checkUnnamed(
  it: Lying,
  { context, wanted }: { readonly context: Context; readonly wanted: ReadonlySet<string> },
): Generator<FileProblem> {
  if (it.path === planFile || it.path === manifestFile) {
    if (it.kind === 'file' && (it.mode & 0o022) !== 0)
      yield ofFile(it.path, {
        check: 'mode',
        message: `others can change it: its mode is ${octal(it.mode)}`,
        hint: 'chmod 0600 it',
      });
    return;
  }
  // What lies in a folder that is itself unnamed is told one by one, since each may be a key.
  if (it.kind === 'folder' && [...context.lying.keys()].some((path) => path.startsWith(`${it.path}/`))) return;
  if (wanted.has(it.path)) {
    yield ofFile(it.path, {
      check: 'missing',
      message: `it is a ${it.kind}, and is to be a folder`,
      hint: 'remove it and run `kubepki generate`',
    });
    return;
  }
  const node = nodeOfPath(it.path, context);
  const whose = keysIn(it, context);
  const kind = it.kind === 'other' ? 'thing that is no file' : it.kind;
  yield ofFile(it.path, {
    check: node === undefined ? 'extra' : 'node',
    message: [
      `kubepki did not write this ${kind}`,
      ...(node === undefined ? [] : [`${node} is not to have it`]),
      ...whose,
    ].join('; '),
    hint: whose.length > 0 ? 'remove it, and find out who may have read it' : 'remove it, or keep it elsewhere',
  });
}

/** Whose private keys are in a file that kubepki did not write. */
function keysIn(it: Lying, { owners }: Context): readonly string[] {
  if (it.kind !== 'file') return [];
  return [...new Set(privateKeysIn(textOf(it)).map((pem) => ownerOf(pem, owners)))].map((owner) => `it holds ${owner}`);
}

function textOf({ text }: Lying & { readonly kind: 'file' }): string {
  try {
    return text();
  } catch {
    return '';
  }
}

function ownerOf(pem: string, owners: Context['owners']): string {
  try {
    const owner = owners.get(`key ${sha256(spkiOf(keyFromPrivatePem(pem, '').publicKey))}`);
    return owner === undefined ? 'a private key of nobody here' : `the private key of ${owner}`;
  } catch {
    return 'a private key';
  }
}

function* checkLink(
  path: string,
  { link, lying }: { readonly link: string; readonly lying: Context['lying'] },
): Generator<FileProblem> {
  const it = lying.get(path);
  if (it?.kind === 'link' && it.link === link) return;
  const found = it === undefined ? 'it is missing' : it.kind === 'link' ? 'it leads elsewhere' : `it is a ${it.kind}`;
  yield ofFile(path, {
    check: it === undefined ? 'missing' : 'changed',
    message: `${found}, and is to be a link to ${link}`,
    hint: 'remove it and run `kubepki generate`, which makes it again',
  });
}

export function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}
