import { type ContentFile, defineEmitter, type Emitter, type File } from '@kubepki/core';
import test, { type ExecutionContext } from 'ava';
import { z } from 'zod';
import { testEmitter } from '../emitter/test-emitter.ts';
import { pemFiles } from '../pem-files.ts';
import { failuresOf } from './recorder.ts';

/** What is wrong with an emitter that is good otherwise. */
export type Bad = (good: Emitter) => Partial<Emitter>;

/** Changes each file with a content that the good emitter names. */
export function changed(change: (file: ContentFile) => object): Bad {
  return (good) => ({
    *files(part, context) {
      for (const file of good.files(part, context)) yield ('link' in file ? file : change(file)) as File;
    },
  });
}

/** Adds a file to what the good emitter names for the cluster. */
export function added(file: object): Bad {
  return (good) => ({
    *files(part, context) {
      yield* good.files(part, context);
      if (part.node === undefined) yield file as File;
    },
  });
}

/** Changes the text of each file; reading it takes the good emitter's way. */
export function rendered(change: (text: string, file: ContentFile) => string): Bad {
  return (good) => ({ render: (file, get, random) => change(good.render(file, get, random), file) });
}

/** A bug is found by this rule, which says so; `alone`: no other rule fails. */
export const finds = test.macro(
  async (t: ExecutionContext, bad: Bad, rule: string, message: RegExp, others: 'alone' | 'and others' = 'alone') => {
    const { name: _, ...good } = pemFiles;
    const emitter = () => ({ ...good, ...bad(pemFiles) });
    const make = defineEmitter({ name: 'bad', options: z.strictObject({}), emitter });
    const only = others === 'alone' ? undefined : rule;
    const found = await failuresOf('emitter bad', (record) => testEmitter(record, make), only);
    t.regex(found[rule] ?? 'the rule holds', message);
    if (others === 'alone') t.deepEqual(Object.keys(found), [rule]);
  },
);
