import { existsSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { anchor } from './links.ts';
import { folder, reference, stale } from './reference.ts';
import { packages, unknown } from './workspace.ts';

const { files, names, undocumented } = await reference();

test('The pages of docs/reference say what the sources say', (t) => {
  t.deepEqual(stale(files), [], 'these pages are behind the docstrings: `npm run reference` writes them');
});

test('Every public name has a docstring', (t) => {
  t.true(names.length > 300);
  t.deepEqual(undocumented, [], 'a docstring says what these are for, what is thrown, and in which unit a number is');
});

test('Every name that packaging/exports.json pins is in the reference', (t) => {
  t.deepEqual(unknown, [], 'these packages are in none of the folders that tools/reference/src/workspace.ts reads');
  const pinned = packages.flatMap(({ name, values, types }) => [...values, ...types].map((one) => `${name} ${one}`));
  t.deepEqual(
    pinned.filter((one) => !names.includes(one)),
    [],
  );
});

test('Every link of the reference leads to something that is there', (t) => {
  for (const [file, text] of files) {
    for (const [, path = '', heading] of prose(text).matchAll(/\]\(([^)#]*)(?:#([^)]+))?\)/g)) {
      const target = path === '' ? file : path;
      t.true(files.has(target) || existsSync(join(folder, target)), `${file}: ${target}`);
      if (heading) t.true(headings(files.get(target)).includes(heading), `${file}: ${target}#${heading}`);
    }
  }
});

test('No two headings of a page have one anchor', (t) => {
  for (const [file, text] of files) t.is(new Set(headings(text)).size, headings(text).length, file);
});

function headings(page = ''): readonly string[] {
  return [...prose(page).matchAll(/^#+ (.*)$/gm)].map(([, title = '']) => anchor(title));
}

/** A page without its declarations. */
function prose(page: string): string {
  return page.replace(/^```.*?^```$/gms, '');
}
