/** What YAML 1.1 or 1.2 reads as something else than a string, or what ends or begins something in it. */
const traps = [
  'yes no on off y n Yes NO On oFF true False null Null ~ nil none',
  '0 1 -1 +1 012 0o17 0x1f 0b101 1_000 1e3 .5 5. -.inf .NaN 1.30 1:20 190:20:30 12e03 00 0x 1.2.3 2026-11-24',
  '- ? : , [ ] { } # & * ! | > % @ ` = << --- ... -a ?a :a #a &a *a !a !!str |a >a %a @a `a =a',
  'a:b a#b a: a,b [a] {a} "a" \'a\' a\'b a"b a\\b \\n \\x41 $(id) $HOME %41 a%20b ../a a/b a@b @ a..b',
  '__proto__ constructor toString NULL NaN Infinity é ü ß ﬁ 名前 имя 𝒳 👍 ‮a \u200b \u0085 \u2028 \ufeff a\u2029b e\u0301',
]
  .join(' ')
  .split(' ');

const odd = [
  'a b',
  'a: b',
  'a #b',
  ' a',
  'a ',
  '\ta',
  'a\nb',
  'a\0b',
  '\x1b[31m',
  '',
  '- a',
  '? a',
  'a: [b',
  "it's",
  '"',
  "'",
];
const letters = [
  ...'aZ09-._:@ ~yno',
  ...'é名👍',
  '\u0085',
  '\u2028',
  '#',
  '"',
  "'",
  '\\',
  '%',
  '!',
  '&',
  '*',
  '{',
  '[',
  ',',
];

/** So many names, each once and the same each time: all traps, and then mixtures of them and of letters. */
export function wildNames(count: number): readonly string[] {
  const names = new Set([...traps, ...odd]);
  const next = generator(20_260_301);
  const pick = <T>(from: readonly T[]): T => from[next() % from.length] as T;
  while (names.size < count) {
    const word = Array.from({ length: 1 + (next() % 8) }, () => pick(letters)).join('');
    names.add(next() % 3 === 0 ? `${pick(traps)}${word}` : next() % 2 === 0 ? `${word}${pick(traps)}` : word);
  }
  return [...names].slice(0, count);
}

/** Numbers that look random and are the same each time (Park and Miller's minimal standard). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state;
  };
}
