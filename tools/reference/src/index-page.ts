import { titleOf } from './entry.ts';
import { anchor, pageOf } from './links.ts';
import type { PublicName } from './sources.ts';
import { packages } from './workspace.ts';

const start = `# Reference

Every name that a package exports: its declaration and what its docstring says. How the parts fit together is in [the architecture](../architecture.md), and what to do with them in [the pages on plugins](../plugins/assembling-a-generator.md).

\`npm run reference\` makes these pages from the sources, and a test fails where they differ. So what is to be changed here is changed in a docstring.

- A declaration stands without what it does. A type that follows in the same block is not exported.
- A schema is given as \`z.ZodType<Output, Input>\`, which all schemas of zod are; it is narrower in truth. One whose type would fill a page is \`z.ZodObject\`: the fields of a cluster file are in [the cluster file](../cluster-file.md).
- A type that follows from a schema is written out, and its schema is linked below it.
- A \`PkiError\` has a code, which is named where it is thrown: [\`PkiError\`](core.md#class-pkierror).`;

/** The page that leads to the others, with all names in the order of the alphabet. */
export function index(names: readonly PublicName[]): string {
  const files = [...new Set(packages.map(pageOf))];
  const list = files.map((file) => {
    const within = packages.filter((one) => pageOf(one) === file);
    return `- [${file}](${file}): ${within.map(({ name }) => `\`${name}\``).join(', ')}`;
  });
  return [start, '## Pages', list.join('\n'), '## All names', ...letters(names)].join('\n\n');
}

function letters(names: readonly PublicName[]): readonly string[] {
  const sorted = names
    .map((one) => ({ one, key: `${one.name.toLowerCase()} ${titleOf(one)} ${one.of.name}` }))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  return [...new Set(sorted.map(({ key }) => key.charAt(0)))].map((letter) =>
    sorted
      .filter(({ key }) => key.startsWith(letter))
      .map(({ one }) => entry(one, names))
      .join(' · '),
  );
}

function entry(one: PublicName, names: readonly PublicName[]): string {
  const twice = names.some(({ name, of }) => name === one.name && of !== one.of);
  return `[\`${one.name}\`](${pageOf(one.of)}#${anchor(titleOf(one))})${twice ? ` of ${one.of.name}` : ''}`;
}
