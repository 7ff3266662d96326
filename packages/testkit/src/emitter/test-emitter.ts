import type { Cluster, Component, EmitterFactory, EmitterHost, Layout } from '@kubepki/core';
import type { z } from 'zod';
import { testCluster } from '../clusters.ts';
import { testLayout } from '../layout.ts';
import { type MemoryPki, memoryPki } from '../memory-pki.ts';
import { sample } from '../sample.ts';
import { optionRules, variants } from '../suite/options.ts';
import { type Test, testRules } from '../suite/rules.ts';
import { dataRules } from './data-rules.ts';
import { failureRules } from './failure-rules.ts';
import { holdingRules } from './holding-rules.ts';
import { hostileRules } from './hostile-rules.ts';
import { textRules } from './text-rules.ts';
import { bundles, type Writing } from './writing.ts';

/** What an emitter is tested with. */
export type EmitterSuite<Options extends z.ZodType> = {
  /** Options to test it with beside its defaults. */
  readonly options?: readonly z.input<Options>[];
  /** What else is planned beside one of each kind of thing. */
  readonly components?: readonly Component[];
  readonly cluster?: Cluster;
  readonly layout?: Layout;
  /** What lends it the secrets that its options name. */
  readonly host?: EmitterHost;
  /** What the titles begin with, where a suite runs twice in a file. */
  readonly name?: string;
};

/** Tests that an emitter keeps the rules which hold for every emitter. */
export function testEmitter<Options extends z.ZodType>(
  test: Test,
  make: EmitterFactory<Options>,
  suite: EmitterSuite<Options> = {},
): void {
  const what = `emitter ${make.emitter}`;
  const { options = [], components = [], cluster = testCluster(), layout = testLayout, host, name = what } = suite;
  const lent = { options: make.options, from: (input: unknown) => make.from(input, host) };
  let made: Promise<MemoryPki> | undefined;
  const pki = () => {
    made ??= memoryPki(cluster, { components: [sample, ...components], uses: bundles, emitters: [] });
    return made;
  };
  const writing: Writing = { what, variants: variants(lent, options), layout, pki };
  testRules(test, {
    name,
    rules: {
      ...optionRules(lent, { what, options }),
      ...dataRules(writing),
      ...holdingRules(writing),
      ...textRules(writing),
      ...hostileRules(writing),
      ...failureRules(writing),
    },
  });
}
