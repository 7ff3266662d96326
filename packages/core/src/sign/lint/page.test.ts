import { readFileSync, writeFileSync } from 'node:fs';
import test from 'ava';
import { lintPage } from '../../testing/lint/page.ts';
import { lintRules, waivers } from './index.ts';

const file = new URL('../../../../../docs/lint.md', import.meta.url);
const update = process.env.KUBEPKI_UPDATE_LINT === '1';
if (update) writeFileSync(file, lintPage());

test('docs/lint.md says what the rules say', (t) => {
  const hint = 'write it anew, in packages/core: KUBEPKI_UPDATE_LINT=1 npx ava src/sign/lint/page.test.ts';
  t.true(readFileSync(file, 'utf8') === lintPage(), hint);
});

test('The page has each rule under a heading of its own, and each waiver with its reason', (t) => {
  const page = lintPage();
  for (const { id, says, source, remedy } of lintRules) {
    const [, section = ''] = page.split(`\n### ${id}\n`);
    for (const part of [says, source, remedy]) t.true(section.split('\n#')[0]?.includes(part), id);
  }
  const reasons = Object.values(waivers).flatMap((list) => list.map(({ reason }) => reason));
  for (const reason of reasons) t.is(page.split(reason).length, 2, reason);
});
