import { join } from 'node:path';
import { isInside, type Output, openOutput } from '@kubepki/core';
import { unpackTar } from 'modern-tar';
import { type Contents, contentsOf, type Item } from '../export/contents.ts';
import { nodesOf, unknownNode } from '../export/nodes.ts';
import { AppError } from '../failure.ts';
import type { Args } from '../options.ts';
import { readStdinBytes } from '../source.ts';
import { itemsIn } from './folder.ts';

/** No node's tar is larger. */
const largest = 16 * 2 ** 20;

/** What a node is to have, and the output folder that it is of, where that is at hand. */
export type Source = { readonly contents: Contents; readonly output?: Output | undefined };

/** Reads what a node is to have: from the output folder, or from what `export` wrote, as a tar on stdin or as folders. */
export async function sourceOf(
  { words: [from], output: folder, authorityKeys }: Pick<Args, 'words' | 'output' | 'authorityKeys'>,
  node: string,
): Promise<Source> {
  if (from === '-') return { contents: contentsWith(node, await tarItems(readStdinBytes('tar', largest))) };
  if (from !== undefined) return { contents: contentsWith(node, itemsIn(join(from, node))) };
  const output = openOutput({ folder, write: false });
  const nodes = nodesOf(output);
  if (!nodes.has(node)) throw unknownNode(node, nodes);
  return { contents: contentsOf(output, { node, authorityKeys }), output };
}

function contentsWith(node: string, items: readonly Item[]): Contents {
  const paths = items.map(({ path }) => path);
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  const unsafe = paths.find((path) => !isInside(path));
  const wrong = unsafe ?? twice;
  if (wrong !== undefined)
    throw notExported(
      `it has ${JSON.stringify(wrong)}, which export does not write${unsafe === undefined ? ' twice' : ''}`,
    );
  if (items.some(({ kind }) => kind !== 'folder')) return { node, items, leftOut: [] };
  throw notExported('it holds no file');
}

async function tarItems(bytes: Buffer): Promise<readonly Item[]> {
  const entries = await unpackTar(bytes).catch(() => {
    throw notExported('it is no tar');
  });
  return entries.map(({ header, data }): Item => {
    const { name, mode = 0, type, linkname = '', uname = 'root', gname = 'root' } = header;
    const owner = uname === 'root' ? {} : { owner: uname };
    const group = gname === 'root' ? {} : { group: gname };
    const path = name.replace(/\/$/, '');
    if (type === 'directory') return { kind: 'folder', path, mode: mode & 0o777 };
    if (type === 'symlink' && isInside(linkname)) return { kind: 'link', path, target: linkname };
    if (type === 'file') {
      const text = Buffer.from(data ?? []).toString();
      return { kind: 'file', path, mode: mode & 0o777, ...owner, ...group, text };
    }
    throw notExported(`its ${JSON.stringify(path)} is neither a file nor a folder, nor a link to what lies beside it`);
  });
}

export function notExported(what: string): AppError {
  return new AppError('NOT_EXPORTED', `this is not what kubepki export wrote: ${what}`, {
    fault: 'input',
    hint: 'kubepki export NODE | ssh root@NODE kubepki install --node NODE -',
  });
}
