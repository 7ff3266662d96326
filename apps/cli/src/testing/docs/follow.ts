import type { ExecutionContext } from 'ava';
import { type Block, blocksOf } from './blocks.ts';
import { commandsOf, shows } from './console.ts';
import { commandElsewhere, languageElsewhere } from './elsewhere.ts';
import { planned } from './planned.ts';
import { type Reader, reader } from './reader.ts';
import { pathsOf, textOf } from './texts.ts';

/** The blocks of a page that no other test runs. */
export function ownBlocks(page: string): readonly Block[] {
  return blocksOf(page).filter(
    (block) =>
      languageElsewhere(page, block.language).length === 0 && (block.language !== 'sh' || ownCommands(block) !== ''),
  );
}

/** Does with each block of a page what its reader does, in their order. */
export async function follow(t: ExecutionContext, page: string): Promise<void> {
  const place = page === 'README.md' || /^docs\/(?!plugins\/)/.test(page) ? 'clone' : 'project';
  const person = reader(t, place);
  const own = ownBlocks(page);
  for (const block of blocksOf(page)) {
    if (block.file !== undefined) person.save(block.file, block.text);
    if (!own.some(({ line }) => line === block.line)) continue;
    const work = ways[block.language];
    if (work === undefined) t.fail(`${at(block)}: it is not known how to run "${block.language}"`);
    else await work(t, block, { person, another: () => reader(t, place) });
  }
}

type People = { readonly person: Reader; readonly another: () => Reader };

const ways: Readonly<Record<string, (t: ExecutionContext, block: Block, people: People) => Promise<void>>> = {
  async sh(t, block, { person }) {
    const { status, text } = await person.sh(ownCommands(block));
    t.is(status, 0, `${at(block)}\n${text}`);
    // A pipe hides how its first command ended.
    t.notRegex(text, /^error: /m);
  },

  async console(t, block, { person }) {
    for (const { command, printed } of commandsOf(block.text))
      shows(t, await person.sh(command), { at: at(block), printed });
  },

  async yaml(t, block, { person }) {
    const { status, text } = await planned(person.save(block.file ?? 'shown.yaml', block.text));
    t.is(status, 0, `${at(block)}\n${text}`);
  },

  async js(t, block) {
    const { page, file = '' } = block;
    const named = blocksOf(page).some(({ language, text }) => language === 'sh' && text.includes(` ${file}`));
    t.true(file.startsWith('kubepki.config.') || (file !== '' && named), `${at(block)} is code that nothing runs`);
  },

  async text(t, block, { another }) {
    const [text, ...more] = textOf(block);
    t.true(text !== undefined && more.length === 0, `${at(block)}: texts.ts does not say how it is known to be true`);
    const person = another();
    for (const [file, code] of Object.entries(text?.files ?? {})) person.save(file, code);
    if (text?.printedBy !== undefined)
      shows(t, await person.sh(text.printedBy), { at: at(block), printed: block.text });
    if (text?.paths === undefined) return;
    const { status, text: said } = await person.sh(`${text.paths}\nls -d ${pathsOf(block.text).join(' ')}`);
    t.is(status, 0, `${at(block)}\n${said}`);
  },
};

function at({ page, line }: Block): string {
  return `${page}:${line}`;
}

/** The commands of a block but for those that another test runs. */
function ownCommands({ page, text }: Block): string {
  const lines = text.split('\n').filter((line) => commandElsewhere(page, line).length === 0);
  return lines.join('\n').trim();
}
