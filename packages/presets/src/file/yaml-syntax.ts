import { PkiError, type Problem } from '@kubepki/core';
import { Composer, CST, type Document, Lexer, type LineCounter, Parser } from 'yaml';

/** The most that a file may hold: bytes, and lists and maps within each other. */
export const limits = { bytes: 1024 * 1024, depth: 64 } as const;

/** Gathers what is wrong with a text. */
export type Refusing = ReturnType<typeof refusing>;

export function refusing(problem: (offset: number, message: string, hint?: string) => Problem) {
  const problems: Problem[] = [];
  return {
    /** Notes a problem; at the twentieth it stops. */
    refuse(offset: number, message: string, hint?: string): void {
      problems.push(problem(offset, message, hint));
      if (problems.length >= 20) throw invalid(problems);
    },
    /** Stops where there is a problem. */
    stop(): void {
      if (problems.length > 0) throw invalid(problems);
    },
  };
}

/** The error for a text that is not the YAML that is allowed. */
export function invalid(problems: readonly Problem[]): PkiError {
  const [first] = problems;
  return new PkiError('YAML_INVALID', `${first?.where}: ${first?.message}`, { problems, hint: first?.hint });
}

/** The document that a text holds; where it holds what is not allowed, that is refused. */
export function compose(text: string, lines: LineCounter, found: Refusing): Document.Parsed | undefined {
  const composer = new Composer({ version: '1.2', schema: 'core', uniqueKeys: false, stringKeys: true });
  const onError = (source: number | readonly number[] | { readonly offset: number }, code: string): void => {
    // The composer catches what is thrown here, and says so by this code.
    if (code === 'RESOURCE_EXHAUSTION') found.stop();
    const offset = typeof source === 'number' ? source : 'offset' in source ? source.offset : (source[0] ?? 0);
    found.refuse(offset, ...(messages[code] ?? ['not YAML']));
  };
  // The composer's own handler makes an error with a stack of each of perhaps a million slips: half a minute.
  Object.assign(composer, { onError });
  try {
    const [document, second] = composer.compose(tokens(text, lines, found));
    if (second !== undefined) found.refuse(second.range[0], 'a second document', 'one document a file');
    for (const error of document?.errors ?? []) onError(error.pos, error.code);
    return document;
  } catch (error) {
    if (error instanceof PkiError) throw error;
    found.refuse(0, 'not YAML that can be read');
    return undefined;
  }
}

/** The tokens of a text, as deep as is allowed and no deeper. */
function* tokens(text: string, lines: LineCounter, found: Refusing): Generator<CST.Token> {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  let scalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    const refusal = scalar ? undefined : refusals[CST.tokenType(lexeme) ?? ''];
    if (refusal !== undefined) found.refuse(parser.offset, ...refusal);
    scalar = !scalar && lexeme === CST.SCALAR;
    for (const token of parser.next(lexeme)) {
      if (token.type === 'error') {
        found.refuse(token.offset, ...messages.UNEXPECTED_TOKEN);
        found.stop();
      }
      yield token;
    }
    // The stack holds the document, its open lists and maps, and perhaps a scalar.
    const top = parser.stack.at(-1);
    if (parser.stack.length - (top !== undefined && 'items' in top ? 1 : 2) > limits.depth) {
      found.refuse(parser.offset, `more than ${limits.depth} lists and maps within each other`);
      found.stop();
    }
  }
  found.stop();
  yield* parser.end();
}

const refusals: Readonly<Record<string, readonly [message: string, hint: string]>> = {
  alias: ['an alias', 'write the value out; a text that begins with * needs quotes'],
  anchor: ['an anchor', 'leave it out; a text that begins with & needs quotes'],
  tag: ['a tag', 'leave it out; a text that begins with ! needs quotes'],
  'directive-line': ['a directive', 'leave out the line; a text that begins with % needs quotes'],
};

const messages: Readonly<Record<string, readonly [message: string, hint?: string]>> & {
  readonly UNEXPECTED_TOKEN: readonly [string];
} = {
  BAD_DQ_ESCAPE: ['an escape sequence that YAML does not have', 'write \\\\ for a backslash, or use single quotes'],
  BAD_INDENT: ['wrong indentation', 'what belongs together has as many spaces before it'],
  BAD_SCALAR_START: ['a text that begins with a character that YAML keeps for itself', 'put it in quotes'],
  BLOCK_AS_IMPLICIT_KEY: ['a key where none can be', 'one key and value a line; a text with ": " in it needs quotes'],
  BLOCK_IN_FLOW: ['a list or map of lines within brackets'],
  MISSING_CHAR: ['a quote, a bracket, a comma, a colon or a space is missing here or before'],
  MULTILINE_IMPLICIT_KEY: ['a line that is neither a key with a value nor a list entry', 'write key: value'],
  NON_STRING_KEY: ['a key that is not a text'],
  TAB_AS_INDENT: ['a tab in the indentation', 'use spaces'],
  UNEXPECTED_TOKEN: ['something that cannot stand here'],
};
