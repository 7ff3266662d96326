/** A part of a help text, set off by empty lines. */
export type Block =
  | { readonly kind: 'prose' | 'verbatim'; readonly lines: readonly string[] }
  | { readonly kind: 'terms'; readonly terms: readonly Term[] }
  /** What stands below a word of its own, such as `examples:`. */
  | { readonly kind: 'section'; readonly title: string; readonly lines: readonly string[] };

/** An option, a word or a command, and what it is. */
export type Term = { readonly term: string; readonly lines: readonly string[] };

export type HelpText = {
  /** The ways to call it, without the indents that align them. */
  readonly usage: readonly string[];
  readonly blocks: readonly Block[];
};

/** The parts of a help text as this folder writes them: how it is called first, then blocks with empty lines between. */
export function readHelp(text: string): HelpText {
  const [first = '', ...rest] = text.split(/\n{2,}/);
  return { usage: first.replaceAll(/\n +/g, ' ').split('\n'), blocks: rest.map(blockOf) };
}

/** Every term of a text, in order. */
export function termsOf({ blocks }: HelpText): readonly Term[] {
  return blocks.flatMap((block) => (block.kind === 'terms' ? block.terms : []));
}

function blockOf(text: string): Block {
  const lines = text.split('\n');
  const [, title, more] = /^([a-z][a-z ]*): ?(.*)$/.exec(lines[0] ?? '') ?? [];
  if (title !== undefined) {
    return { kind: 'section', title, lines: [...(more ? [more] : []), ...lines.slice(1).map(outdented)] };
  }
  if (!text.startsWith('  ')) return { kind: 'prose', lines };
  const terms = termsFrom(lines);
  return terms === undefined ? { kind: 'verbatim', lines: lines.map(outdented) } : { kind: 'terms', terms };
}

/** What stands in the second column belongs to the term before it; undefined: there is no second column. */
function termsFrom(lines: readonly string[]): readonly Term[] | undefined {
  const terms: { readonly term: string; readonly lines: string[] }[] = [];
  for (const line of lines) {
    const [, term, meaning] = /^ {2}(\S.*?)(?: {2,}(\S.*))?$/.exec(line) ?? [];
    const [, more] = /^ {26}(\S.*)$/.exec(line) ?? [];
    if (term !== undefined) terms.push({ term, lines: meaning === undefined ? [] : [meaning] });
    else if (more !== undefined) terms.at(-1)?.lines.push(more);
  }
  return terms.every((term) => term.lines.length > 0) ? terms : undefined;
}

function outdented(line: string): string {
  return line.replace(/^ {2}/, '');
}
