import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A fenced block of a page. */
export type Block = {
  /** The page's path, from the root. */
  readonly page: string;
  /** The line of its fence. */
  readonly line: number;
  readonly language: string;
  readonly text: string;
  /** The file that the line before it calls it. */
  readonly file?: string;
};

export const root = fileURLToPath(new URL('../../../../..', import.meta.url));

// What is installed or made, and the pages that are generated from the code, which hold signatures.
const leftOut = /(^|\/)(node_modules|dist|\.(?!changeset).*)$|^docs\/reference$/;

/** Every page of the repository that people wrote, by its path from the root. */
export const pages: readonly string[] = [...markdown('')].sort();

function* markdown(folder: string): Generator<string> {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (leftOut.test(path)) continue;
    if (entry.isDirectory()) yield* markdown(path);
    else if (entry.isFile() && entry.name.endsWith('.md')) yield path;
  }
}

export function read(page: string): string {
  return readFileSync(join(root, page), 'utf8');
}

/** The blocks of a page, in their order. */
export function blocksOf(page: string): readonly Block[] {
  const blocks: Block[] = [];
  let open: { line: number; language: string; before: string; text: string[] } | undefined;
  let before = '';
  for (const [index, line] of read(page).split('\n').entries()) {
    const at = `${page}:${index + 1}`;
    if (open === undefined) {
      if (/^ +(```|~~~)|^~~~|^````|^( {4}|\t)\S/.test(line))
        throw new Error(`${at}: a block is fenced by \`\`\` at the beginning of a line`);
      if (line.startsWith('```')) open = { line: index + 1, language: line.slice(3), before, text: [] };
      else if (line !== '') before = line;
    } else if (line === '```') {
      blocks.push(block(page, open));
      open = undefined;
      before = '';
    } else if (line.startsWith('```')) throw new Error(`${at}: a block begins within another`);
    else open.text.push(`${line}\n`);
  }
  if (open !== undefined) throw new Error(`${page}:${open.line}: a block does not end`);
  return blocks;
}

type Open = { readonly line: number; readonly language: string; readonly before: string; readonly text: string[] };

function block(page: string, { line, language, before, text }: Open): Block {
  const [, file] = /`([\w.-]+\.(?:yaml|mjs|ts))`[^`]*:$/.exec(before) ?? [];
  return { page, line, language, text: text.join(''), ...(file === undefined ? {} : { file }) };
}
