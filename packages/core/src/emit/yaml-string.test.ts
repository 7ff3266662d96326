import test from 'ava';
import { parse } from 'yaml';
import { yamlString } from './yaml-string.ts';

test('A text stands in quotes, with all escaped that would end or change it', (t) => {
  t.is(yamlString('no'), '"no"');
  t.is(yamlString('a "b" \\ \n'), '"a \\"b\\" \\\\ \\n"');
  t.is(yamlString('\u0085\u2028\u2029\ufeff\uffff\u007f'), '"\\u0085\\u2028\\u2029\\ufeff\\uffff\\u007f"');
});

test('YAML 1.1 and 1.2 read every character of the first plane and beyond as it was', (t) => {
  const texts = Array.from({ length: 0x110 }, (_, block) =>
    Array.from({ length: 0x100 }, (_, index) => String.fromCodePoint(block * 0x100 + index)).join(''),
  ).filter((text) => !/\p{Surrogate}/u.test(text));
  for (const version of ['1.1', '1.2'] as const)
    for (const text of texts) t.is(parse(yamlString(text), { version }), text);
});
