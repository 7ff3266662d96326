/** A line that no text may have, unless a name was written into it unescaped. */
export const planted = 'planted: true';

/** Names that mean something to a file system, a shell, YAML, JavaScript or DNS. */
export const hostileNames: readonly string[] = [
  '',
  '.',
  '..',
  '../../etc/passwd',
  '/etc/passwd',
  'a/b',
  'a\\b',
  'a b',
  ' a',
  '-rf',
  '*',
  'a@b',
  'a\u0000b',
  `a\n${planted}\n`,
  `"\n${planted}\n#`,
  `'\r\n${planted}\r\n`,
  `a\u2028${planted}`,
  'é',
  '名',
  'CON',
  '__proto__',
  'constructor',
  'null',
  '1.30',
  '$(id)',
  'x'.repeat(300),
];
