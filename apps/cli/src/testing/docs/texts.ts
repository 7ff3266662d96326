import { type Block, blocksOf, root } from './blocks.ts';

/** What a block of plain text is, and how it is known to be true. */
export type Text = {
  readonly page: string;
  readonly begins: string;
  /** It is a drawing, which nothing can run. */
  readonly drawing?: true;
  /** It names paths that are there when this has been run. */
  readonly paths?: string;
  /** It is what this prints. */
  readonly printedBy?: string;
  /** What was typed into files before. */
  readonly files?: Readonly<Record<string, string>>;
};

const config = code('docs/plugins/the-config.md', 'ts');
const logs = code('docs/plugins/writing-a-component.md', 'ts');
const install = 'npm install kubepki @kubepki/presets >/dev/null';
const nodes = 'nodes:\n  - name: cp-1\n    addresses: [10.0.0.11]\n';

export const texts: readonly Text[] = [
  { page: 'README.md', begins: 'example: 48 credentials made', printedBy: 'npm start' },
  {
    page: 'README.md',
    begins: 'pki/.kubepki',
    paths: 'kubepki generate',
    files: { 'cluster.yaml': code('README.md', 'yaml', 1) },
  },
  { page: 'docs/architecture.md', begins: ' cluster.yaml', drawing: true },
  { page: 'docs/architecture.md', begins: 'apps/cli', paths: `cd '${root}'` },
  {
    page: 'docs/plugins/the-config.md',
    begins: 'error: cluster.yaml:4: components.registry',
    printedBy: `${install}; npx kubepki plan`,
    files: {
      'cluster.yaml': `${nodes}components: { registry: { host: images.example.internal } }\n`,
      'kubepki.config.ts': replaced(config, [
        [/ {2}cluster: \{\n.*?\n {2}\},\n/s, ''],
        ['[registry]', "[registry({ host: 'registry.example.internal' })]"],
      ]),
    },
  },
  {
    page: 'docs/plugins/the-config.md',
    begins: 'error: registry: component registry',
    printedBy: `${install}; npx kubepki plan`,
    files: { 'kubepki.config.ts': replaced(config, [["'cluster/server'", "'registry/server'"]]) },
  },
  {
    page: 'docs/plugins/writing-a-component.md',
    begins: 'error: logs/agent@cp-1',
    printedBy: `${install}; npx kubepki plan`,
    files: {
      'cluster.yaml': nodes,
      'logs.ts': replaced(logs, [
        [/^const plan = .*/ms, ''],
        ["{ to: 'logs/collector', at", "{ to: 'logs/colector', at"],
      ]),
      'kubepki.config.ts': "import { logs } from './logs.ts';\nexport default { components: [logs] };\n",
    },
  },
];

export function textOf({ page, text }: Block): readonly Text[] {
  return texts.filter((one) => one.page === page && text.startsWith(one.begins));
}

/** The paths of a tree. What is indented lies in the line above, `{a,b}` are two, and three spaces end the names. */
export function pathsOf(text: string): readonly string[] {
  let parent = '';
  return text.split('\n').flatMap((line) => {
    const indented = line.startsWith(' ');
    const [names = ''] = line.trim().split(/ {3,}| -> /);
    const paths = names.split(/ +/).filter((name) => /[./]/.test(name));
    if (!indented) parent = paths.length === 1 ? `${paths[0]?.replace(/\/$/, '')}/` : '';
    return paths.flatMap(spelledOut).map((path) => (indented ? parent : '') + path);
  });
}

function spelledOut(path: string): readonly string[] {
  const [all, list] = /\{([^{}]*)\}/.exec(path) ?? [];
  if (all !== undefined && list !== undefined)
    return list.split(',').flatMap((one) => spelledOut(path.replace(all, one)));
  return [path.replace('…', '').replace('NAME', '*')];
}

/** The block of a page, to be used as its readers do. */
function code(page: string, language: string, index = 0): string {
  return blocksOf(page).filter((block) => block.language === language)[index]?.text ?? '';
}

/** The code with the mistake that a page speaks of. */
function replaced(text: string, changes: readonly (readonly [string | RegExp, string])[]): string {
  return changes.reduce((before, [from, to]) => {
    const after = before.replace(from, to);
    if (after === before) throw new Error(`there is no ${from} in the example`);
    return after;
  }, text);
}
