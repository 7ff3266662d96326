import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { nearest, openOutput } from '@kubepki/core';
import { type Contents, contentsOf } from '../export/contents.ts';
import { writeFolder } from '../export/folder.ts';
import { exportFormats } from '../export/formats.ts';
import { nodesOf, unknownNode } from '../export/nodes.ts';
import { AppError, usage } from '../failure.ts';
import type { Args } from '../options.ts';
import { listed } from '../output/words.ts';
import type { Session } from '../session.ts';

/** What was exported; without a folder it went to stdout. */
export type Exported = {
  readonly folder?: string;
  readonly nodes: readonly string[];
  /** By node, the files that were left out since the keys of authorities lie elsewhere. */
  readonly leftOut: readonly Pick<Contents, 'node' | 'leftOut'>[];
};

/** Writes nodes' files as they are in the current generation. */
export async function exportNodes(args: Args, session: Session): Promise<Exported> {
  const format = formatOf(args.format);
  const output = openOutput({ folder: args.output, write: false });
  const { nodes, folder } = targets(args.words, nodesOf(output));
  if (folder !== undefined && args.format !== undefined)
    throw usage(
      'FORMAT_FOLDER',
      `--format ${args.format} writes to stdout, and not into a folder`,
      'leave the folder out, or --format',
    );
  const leftOut: Pick<Contents, 'node' | 'leftOut'>[] = [];
  const read = (node: string) => {
    const contents = contentsOf(output, { node, authorityKeys: args.authorityKeys });
    if (contents.leftOut.length > 0) leftOut.push({ node, leftOut: contents.leftOut });
    return contents;
  };
  if (folder !== undefined) {
    await writeFolder(folder, { nodes: lazily(nodes, read), signal: session.signal });
    return { folder, nodes, leftOut };
  }
  const [node = ''] = nodes;
  if (session.stdout.isTTY) {
    throw usage(
      'TAR_TO_TERMINAL',
      args.format === undefined
        ? 'a tar is nothing for a terminal'
        : 'it holds private keys, which are nothing for a terminal',
      args.format === undefined
        ? `pipe it (… | ssh root@${node} tar -xpC /), or give a folder`
        : 'pipe it to who takes it',
    );
  }
  const { mtime } = lstatSync(join(output.folder, 'current', 'manifest.json'));
  await send(session.stdout, await format(read(node), mtime));
  return { nodes, leftOut };
}

function formatOf(name = 'tar'): (typeof exportFormats)[string] {
  const format = Object.hasOwn(exportFormats, name) ? exportFormats[name] : undefined;
  if (format !== undefined) return format;
  const names = Object.keys(exportFormats);
  const near = nearest(name, names);
  throw usage(
    'UNKNOWN_FORMAT',
    `there is no format ${JSON.stringify(name)}`,
    near === undefined ? `the formats are ${listed(names)}` : `did you mean ${near}?`,
  );
}

function* lazily<T, R>(items: readonly T[], make: (item: T) => R): Generator<R> {
  for (const item of items) yield make(item);
}

/** Which words are nodes: all but the last, which is a folder unless a node has that name. */
function targets(
  words: readonly string[],
  known: ReadonlySet<string>,
): { readonly nodes: readonly string[]; readonly folder?: string } {
  const last = words.at(-1);
  if (last === undefined) throw usage('NO_NODE', 'which node?', `the nodes are ${listed([...known])}`);
  const hasFolder = words.length > 1 && !known.has(last);
  const nodes = [...new Set(hasFolder ? words.slice(0, -1) : words)];
  for (const node of nodes) if (!known.has(node)) throw unknownNode(node, known);
  if (!hasFolder) {
    if (nodes.length === 1) return { nodes };
    throw usage(
      'NO_FOLDER',
      'a tar has the files of one node; several need a folder',
      `kubepki export ${nodes.join(' ')} DIR`,
    );
  }
  const near = last.includes('/') ? undefined : nearest(last, known);
  if (near === undefined) return { nodes, folder: last };
  throw usage(
    'UNKNOWN_NODE',
    `there is no node ${JSON.stringify(last)}`,
    `did you mean ${near}? a folder of that name is ./${last}`,
  );
}

function send(stdout: NodeJS.WriteStream, bytes: Uint8Array | string): Promise<void> {
  return new Promise((done, fail) => {
    stdout.write(bytes, (error) => {
      if (!error) return done();
      fail(new AppError('STDOUT_CLOSED', 'what was exported was not taken to its end', { fault: 'system' }));
    });
  });
}
