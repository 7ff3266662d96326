// What the pages of this repository show is extracted from them and run, in the order in which a reader comes to it.
// A block is saved as the file that the line before it names, as in "In `cluster.yaml`:".
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { blocksOf, pages, read, root } from './testing/docs/blocks.ts';
import { elsewhere } from './testing/docs/elsewhere.ts';
import { follow, ownBlocks } from './testing/docs/follow.ts';
import { texts } from './testing/docs/texts.ts';
import { turns } from './testing/docs/turns.ts';

const blocks = pages.flatMap(blocksOf);
const turn = turns(2);

for (const page of pages) {
  if (ownBlocks(page).length > 0) test(`What ${page} shows works as it is written`, (t) => turn(() => follow(t, page)));
}

test('Every block of every page is found', (t) => {
  const fences = pages.map((page) => read(page).match(/^[ \t>]*(```|~~~)/gm)?.length ?? 0);
  t.is(blocks.length, fences.reduce((a, b) => a + b) / 2);
  const count: Record<string, number> = {};
  for (const { language } of blocks) count[language] = (count[language] ?? 0) + 1;
  t.log(count);
});

test('What another test runs is in that test, and on a page', (t) => {
  for (const { pages: where, language, command, by, words } of elsewhere) {
    t.true(readFileSync(join(root, by), 'utf8').includes(words), `${by} has no: ${words}`);
    const found = blocks.some(
      ({ page, ...block }) =>
        where.test(page) && (language === block.language || (command && block.text.split('\n').includes(command))),
    );
    t.true(found, `no page shows ${language ?? command}`);
  }
});

test('Every text that is known to be true is on its page once', (t) => {
  for (const { page, begins } of texts) {
    const found = blocks.filter(
      (block) => block.language === 'text' && block.page === page && block.text.startsWith(begins),
    );
    t.is(found.length, 1, `${page}: ${begins}`);
  }
});
