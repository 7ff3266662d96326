import { posix } from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import { codeOf } from './_tree.test.ts';
import { checkLink, checkPath, foldersOf, isInside } from './path.ts';

const hostile = [
  '',
  '/',
  '/etc/cron.d/x',
  '..',
  '../x',
  'a/../b',
  'a/..',
  './a',
  'a/.',
  'a//b',
  'a/',
  'a\0b',
  'a\nb',
  'a\u0085b',
  'a\\..\\b',
  `${'x'.repeat(256)}/a`,
  'plan.json',
  'manifest.json',
];

for (const path of hostile) {
  test(`${JSON.stringify(path.slice(0, 20))} cannot be the path of a file`, (t) => {
    t.is(
      codeOf(() => checkPath(path)),
      'PATH_UNSAFE',
    );
  });
}

test('names with dots, spaces and letters of all scripts are good paths', (t) => {
  for (const path of ['a', '..a/b..', 'nodes/cp-1/etc/kubernetes/pki/etcd/ca.crt', 'users/Zoë K.conf', '-rf']) {
    t.notThrows(() => checkPath(path));
  }
});

test('whatever a path is, one that is let through stays inside', (t) => {
  const piece = fc.constantFrom('..', '.', '/', 'a', '\\', '\0', ' ', '~');
  fc.assert(
    fc.property(
      fc.array(piece).map((pieces) => pieces.join('')),
      (path) => {
        if (isInside(path)) t.true(posix.resolve('/tree', path).startsWith('/tree/'));
      },
    ),
  );
  t.pass();
});

test('a link leads to its own folder or below, and not to itself', (t) => {
  t.notThrows(() => checkLink('a/current.pem', '2026.pem'));
  t.notThrows(() => checkLink('a/current', 'b/c'));
  for (const target of ['/etc/shadow', '../b', 'b/../../c', '', 'current.pem']) {
    t.is(
      codeOf(() => checkLink('a/current.pem', target)),
      'LINK_UNSAFE',
      target,
    );
  }
});

test('the folders of a path are each a path, and one that begins with a slash has no folder without a name', (t) => {
  t.deepEqual([...foldersOf('a/b/c')], ['a', 'a/b']);
  t.deepEqual([...foldersOf('a')], []);
  t.deepEqual([...foldersOf('/a/b')], ['/a']);
});
