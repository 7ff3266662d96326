import type { Problem } from '@kubepki/core';
import { isMap, isScalar, isSeq, LineCounter, type ParsedNode } from 'yaml';
import { compose, invalid, limits, type Refusing, refusing } from './yaml-syntax.ts';

/** Where something stands in a file's value. */
export type Path = readonly PropertyKey[];

/** What a YAML file holds, and where it holds it. */
export type Yaml = {
  /** Null, booleans, numbers, texts, arrays and plain objects whose keys are safe. */
  readonly value: unknown;
  /** The line of what stands at a path, or of the nearest thing around it; counted from 1. */
  line(path: Path): number | undefined;
  /** How a number is written in the file, so that `1.30` is not 1.3. */
  source(path: Path): string | undefined;
};

/**
 * Reads one YAML document, or JSON: without aliases, anchors, tags, directives, duplicate keys and keys
 * that JavaScript takes for its own. Limits are checked before the parser sees what exceeds them.
 * @throws PkiError YAML_INVALID with line and column; it never repeats the text of the file
 */
export function readYaml(text: string, fileName: string): Yaml {
  const bytes = Buffer.byteLength(text);
  if (bytes > limits.bytes) {
    throw invalid([{ where: fileName, message: `the file has ${bytes} bytes; ${limits.bytes} are allowed` }]);
  }
  const lines = new LineCounter();
  const problem = (offset: number, message: string, hint?: string): Problem => {
    const { line, col } = lines.linePos(offset);
    return { where: `${fileName}:${line}:${col}`, line, message, ...(hint !== undefined && { hint }) };
  };
  const strange = /[^\t\n\r\x20-\x7e\x85\xa0-\u{10ffff}]|\p{Cs}|(?!^)\ufeff/u.exec(text);
  if (strange !== null) {
    for (const { index } of text.slice(0, strange.index).matchAll(/^/gm)) lines.addNewLine(index);
    throw invalid([problem(strange.index, 'a character that YAML does not allow', 'write it as an escape, "\\u0000"')]);
  }
  const found = refusing(problem);
  const document = compose(text, lines, found);
  found.stop();
  const mark: Mark = { offset: 0 };
  const value = document?.contents == null ? null : plain(document.contents, mark, found);
  found.stop();
  const markOf = (path: Path) => path.reduce<Mark | undefined>((at, key) => at?.children?.get(key), mark);
  return {
    value,
    line(path) {
      for (let length = path.length; length > 0; length--) {
        const at = markOf(path.slice(0, length));
        if (at !== undefined) return lines.linePos(at.offset).line;
      }
      return undefined;
    },
    source: (path) => markOf(path)?.source,
  };
}

/** Where a value begins (or its key), how a number is written, and what is in it. */
type Mark = { readonly offset: number; readonly source?: string; children?: Map<PropertyKey, Mark> };

/** Keys that reach a prototype where an object is copied carelessly. */
const unsafe = new Set(['__proto__', 'constructor', 'prototype']);

function plain(node: ParsedNode, mark: Mark, found: Refusing): unknown {
  if (isScalar(node)) return node.value;
  const children = new Map<PropertyKey, Mark>();
  mark.children = children;
  if (isSeq(node)) {
    return node.items.map((item, index) => {
      const at = markAt((item as ParsedNode).range[0], item as ParsedNode);
      children.set(index, at);
      return plain(item as ParsedNode, at, found);
    });
  }
  if (!isMap(node)) return null;
  const value: Record<string, unknown> = {};
  for (const pair of node.items) {
    const key = pair.key as ParsedNode;
    const name = isScalar(key) && typeof key.value === 'string' ? key.value : undefined;
    const offset = key.range[0];
    if (name === undefined) found.refuse(offset, 'a key that is not a text');
    else if (unsafe.has(name)) found.refuse(offset, 'a key that JavaScript takes for its own');
    else if (children.has(name)) found.refuse(offset, 'a key that is there already', 'write it once');
    else {
      const item = pair.value as ParsedNode | null;
      const at = markAt(offset, item);
      children.set(name, at);
      value[name] = item === null ? null : plain(item, at, found);
    }
  }
  return value;
}

function markAt(offset: number, node: ParsedNode | null): Mark {
  return isScalar(node) && typeof node.value === 'number' && node.source !== undefined
    ? { offset, source: node.source }
    : { offset };
}
