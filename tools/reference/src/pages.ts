import { entryOf, titleOf } from './entry.ts';
import { index } from './index-page.ts';
import { anchor, pageOf } from './links.ts';
import type { PublicName, Sources } from './sources.ts';
import { type Place, placeOf } from './subjects.ts';
import { packages } from './workspace.ts';

type Placed = Place & { readonly one: PublicName };

const ofPlugins: Readonly<Record<string, string>> = {
  'components.md': `# Components

Each package exports a factory, a [\`ComponentFactory\`](core.md#type-componentfactory): called with options, any of which may be left out, it gives a component.`,
  'emitters.md': `# Emitters

Each package exports a factory, an [\`EmitterFactory\`](core.md#type-emitterfactory): called with options, any of which may be left out, it gives an emitter.`,
};

/** Every page of the reference by its file's name, in Markdown that is not formatted yet. */
export async function pages(sources: Sources): Promise<ReadonlyMap<string, string>> {
  const result = new Map([['README.md', index(sources.names)]]);
  for (const file of new Set(packages.map(pageOf))) result.set(file, await page(file, sources));
  return result;
}

async function page(file: string, sources: Sources): Promise<string> {
  const placed = sources.names
    .filter(({ of }) => pageOf(of) === file)
    .map((one): Placed => ({ one, ...placeOf(one) }))
    .sort(byPlace);
  const link = (one: PublicName) => `${pageOf(one.of) === file ? '' : pageOf(one.of)}#${anchor(titleOf(one))}`;
  const contents: string[] = [];
  const sections: string[] = [];
  for (const subject of new Set(placed.map((each) => each.subject))) {
    const names = placed.filter((each) => each.subject === subject).map(({ one }) => one);
    const list = names.map((one) => `[\`${one.name}\`](${link(one)})`).join(', ');
    contents.push(`- [${subject}](#${anchor(subject)}): ${list}`);
    sections.push(`## ${subject}`, about(subject));
    for (const one of names) sections.push(await entryOf(one, sources, link));
  }
  const [{ name = '' } = {}] = packages.filter((one) => pageOf(one) === file);
  return [ofPlugins[file] ?? `# ${name}\n\n${about(name)}`, contents.join('\n'), ...sections].join('\n\n');
}

/** What a package is, where a title is its name. */
function about(title: string): string {
  const found = packages.find(({ name }) => name === title);
  return found ? `${found.description} [More](../../${found.folder}/README.md).` : '';
}

function byPlace(a: Placed, b: Placed): number {
  const at = a.order.findIndex((each, place) => each !== b.order[place]);
  return (a.order[at] ?? 0) < (b.order[at] ?? 0) ? -1 : 1;
}
