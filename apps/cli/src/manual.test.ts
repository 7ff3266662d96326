import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import test from 'ava';
import { type CommandName, commands } from './commands.ts';
import { helpOf } from './help.ts';
import { manualPage } from './manual/page.ts';
import { isInstalled } from './testing/complete.ts';
import { version } from './version.ts';

const page = manualPage(version());

test('The package has the manual page of this version', (t) => {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  t.is(readFileSync(new URL(`../${manifest.man}`, import.meta.url), 'utf8'), page);
});

/** How bold is printed: a letter, a step back, and the letter again. */
const overstruck = /.[\b]/gu;

const judges = {
  mandoc: { args: ['-Tlint', '-Wwarning'], fine: /^(mandoc: [^\n]*: WARNING: missing date, using "": TH\n)?$/ },
  groff: { args: ['-ww', '-man', '-Tutf8', '-z'], fine: /^$/ },
};
for (const [judge, { args, fine }] of Object.entries(judges)) {
  test(`${judge} finds nothing wrong with the manual page`, (t) => {
    if (!isInstalled(judge)) {
      t.log(`${judge} is not here, so it finds nothing`);
      t.pass();
      return;
    }
    const { stdout, stderr } = spawnSync(judge, args, { input: page, encoding: 'utf8' });
    t.regex(stdout + stderr, fine);
  });
}

test('The manual page shows what --help says, word for word', (t) => {
  const shows = [
    { judge: 'mandoc', args: ['-Tutf8', '-Owidth=120'] },
    { judge: 'groff', args: ['-man', '-Tutf8', '-Kutf8', '-P-cbou', '-rLL=120n'] },
  ].filter(({ judge }) => isInstalled(judge));
  if (shows.length === 0) t.log('neither mandoc nor groff is here, so nothing is shown');
  for (const { judge, args } of shows) {
    const { stdout } = spawnSync(judge, args, { input: page, encoding: 'utf8' });
    const shown = words(stdout.replaceAll(overstruck, ''));
    for (const name of Object.keys(commands) as CommandName[]) {
      for (const block of helpOf(name).split(/\n{2,}/)) {
        const expected = words(block).replace(/^examples?: /, '');
        t.true(
          shown.includes(expected) || termsOf(block).every((term) => shown.includes(term)),
          `${judge}: ${expected}`,
        );
      }
    }
  }
  t.pass();
});

function words(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** Terms and what they mean stand on lines of their own in the page. */
function termsOf(block: string): readonly string[] {
  return block.split(/^ {2}(?=\S)/m).map(words);
}
