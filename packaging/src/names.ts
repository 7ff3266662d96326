import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a package exports, in the order of the alphabet. */
export type Names = { readonly values: readonly string[]; readonly types: readonly string[] };

/** The public names of a package, read from its declarations as they are published. */
export function publicNames(declarations: string): Names {
  const found = read(declarations);
  const sorted = (kind: Kind) =>
    [...found]
      .filter(([, one]) => one === kind)
      .map(([name]) => name)
      .sort();
  return { values: sorted('value'), types: sorted('type') };
}

type Kind = 'value' | 'type';

// The compiler writes one statement a line, and knows of no other form in these packages; a name that is
// missed here is one that the test finds in the module itself.
const declared =
  /^export (?:declare )?(?:abstract )?(async function\*?|function\*?|const|let|class|enum|type|interface) ([\w$]+)/gm;
const all = /^export (type )?\* from '([^']+)';$/gm;
const listed = /^export (type )?\{([^}]*)\}/gm;

function read(file: string): Map<string, Kind> {
  const text = readFileSync(file, 'utf8');
  const found = new Map<string, Kind>();
  const add = (name: string, kind: Kind) => {
    if (found.get(name) !== 'value') found.set(name, kind);
  };
  for (const [, keyword = '', name = ''] of text.matchAll(declared)) {
    add(name, keyword === 'type' || keyword === 'interface' ? 'type' : 'value');
  }
  for (const [, onlyTypes, path = ''] of text.matchAll(all)) {
    const within = read(join(dirname(file), path.replace(/\.[jt]s$/, '.d.ts')));
    for (const [name, kind] of within) add(name, onlyTypes ? 'type' : kind);
  }
  for (const [, onlyTypes, list = ''] of text.matchAll(listed)) {
    for (const item of list.split(',').map((one) => one.trim())) {
      const [, isType, name] = /^(type )?(?:[\w$]+ as )?([\w$]+)$/.exec(item) ?? [];
      if (name !== undefined) add(name, onlyTypes || isType ? 'type' : 'value');
    }
  }
  return found;
}
