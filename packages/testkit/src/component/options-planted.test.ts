import test from 'ava';
import { z } from 'zod';
import { finds } from '../testing/bad-component.ts';

const defaults = 'has a default for every option';
const each = 'can do without each option alone';
const refuses = 'refuses what is none of its options';

const port = { options: z.strictObject({ port: z.int() }) };
test.serial(
  'an option without a default',
  finds,
  port,
  defaults,
  /without options.*\n.*port: Invalid input/,
  'and others',
);
test.serial(
  'an option that the schema demands',
  finds,
  port,
  each,
  /its schema demands port; give a default/,
  'and others',
);

const schema = z
  .strictObject({ first: z.string().optional(), second: z.string().optional() })
  .refine(({ first, second }) => (first === undefined) === (second === undefined), 'both or none');
const pair = { options: schema, suite: { options: [{ first: 'a', second: 'b' }] } };
test.serial('an option that is needed where another is given', finds, pair, each, /without first, .*\n.*both or none/);

const open = { options: z.object({}) };
test.serial(
  'options that take what they do not know',
  finds,
  open,
  refuses,
  /no-such-option.*; make them a z.strictObject/,
);
