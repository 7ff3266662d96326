import { relative, sep } from 'node:path';
import { codeOf } from './code.ts';
import { type Option, optionsOf } from './options.ts';
import type { PublicName, Sources } from './sources.ts';
import { pathWithin } from './subjects.ts';
import { root } from './workspace.ts';

/** What a page says of a public name, in Markdown; `link` gives the address of another one. */
export async function entryOf(one: PublicName, sources: Sources, link: (name: PublicName) => string): Promise<string> {
  const { text, mentions } = codeOf(one, sources);
  const file = one.node.getSourceFile().fileName;
  const source = `[${pathWithin(file)}](../../${relative(root, file).replaceAll(sep, '/')})`;
  const see = mentions.map((name) => `[\`${name.name}\`](${link(name)})`);
  return [
    `### ${titleOf(one)}`,
    docsOf(one, sources),
    ...(one.kind === 'const' || one.kind === 'function' ? typeOnly(one) : []),
    `\`\`\`typescript\n${text}\n\`\`\``,
    tags(one, sources).join('\n'),
    table(await optionsOf(one, sources)),
    [source, ...see].join(' · '),
  ]
    .filter((block) => block !== '')
    .join('\n\n');
}

/** The kind is in it, so that a type and a function of one name have two anchors, also without regard to case. */
export function titleOf({ kind, name }: PublicName): string {
  return `${kind} ${name}`;
}

/** The docstring, as one paragraph. */
export function docsOf({ symbol }: PublicName, { checker }: Sources): string {
  return flat(symbol.getDocumentationComment(checker));
}

function typeOnly({ of, name }: PublicName): readonly string[] {
  return of.types.includes(name) ? [`It is exported as a type alone: only \`typeof ${name}\` can be used.`] : [];
}

function tags({ symbol }: PublicName, { checker }: Sources): readonly string[] {
  return symbol.getJsDocTags(checker).map((tag) => {
    const [, first = '', rest = ''] = /^(\w*)(.*)$/.exec(flat(tag.text ?? '')) ?? [];
    if (tag.name === 'throws') return `- Throws \`${first}\`${rest.replace(/\b[A-Z]+(_[A-Z]+)+\b/g, '`$&`')}.`;
    if (tag.name === 'param') return `- \`${first}\`:${rest}.`;
    throw new Error(`${symbol.name} has a tag @${tag.name}, of which tools/reference/src/entry.ts knows nothing`);
  });
}

function table(options: readonly Option[] | undefined): string {
  if (options === undefined) return '';
  if (options.length === 0) return 'It has no options.';
  const cell = (text: string | undefined) => (text ? `\`${flat(text).replaceAll('|', '\\|')}\`` : '');
  const rows = options.map(
    ({ name, type, otherwise, meaning }) => `| ${cell(name)} | ${cell(type)} | ${cell(otherwise)} | ${meaning} |`,
  );
  return ['| option | type | default | meaning |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function flat(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
