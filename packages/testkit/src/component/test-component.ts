import type { Cluster, Component, ComponentFactory, Emitter, Layout, UsesTable } from '@kubepki/core';
import type { z } from 'zod';
import { clusters } from '../clusters.ts';
import { testLayout } from '../layout.ts';
import { pemFiles } from '../pem-files.ts';
import { optionRules, variants } from '../suite/options.ts';
import { type Test, testRules } from '../suite/rules.ts';
import { fileRules } from './file-rules.ts';
import { hostileRules } from './hostile-rules.ts';
import { planRules } from './plan-rules.ts';
import type { Planning } from './planning.ts';
import { purityRules } from './purity-rules.ts';
import { specRules } from './spec-rules.ts';

/** What a component is tested with. */
export type ComponentSuite<Options extends z.ZodType> = {
  /** Options to test it with beside its defaults. */
  readonly options?: readonly z.input<Options>[];
  /** Components that it needs, beside those that stand in by themselves. */
  readonly beside?: readonly Component[];
  /** Which authority stands behind which use; as the components declare it where it is missing. */
  readonly uses?: UsesTable;
  /** Clusters of one's own, by what they are, beside the suite's. */
  readonly clusters?: Readonly<Record<string, Cluster>>;
  /** Where its files must not collide; all its files are in a place of their own where these are missing. */
  readonly layout?: Layout;
  readonly emitters?: readonly Emitter[];
  /** What the titles begin with, where a suite runs twice in a file. */
  readonly name?: string;
};

/** Tests that a component keeps the rules which hold for every component. */
export function testComponent<Options extends z.ZodType>(
  test: Test,
  make: ComponentFactory<Options>,
  suite: ComponentSuite<Options> = {},
): void {
  const what = `component ${make.component}`;
  const { options = [], beside = [], layout = testLayout, emitters = [pemFiles], name = what } = suite;
  const planning: Planning = {
    what,
    variants: variants(make, options),
    clusters: { ...clusters, ...suite.clusters },
    beside,
    uses: suite.uses ?? ((declared) => declared),
    layout,
    emitters,
  };
  testRules(test, {
    name,
    rules: {
      ...optionRules(make, { what, options }),
      ...specRules(planning),
      ...planRules(planning),
      ...fileRules(planning),
      ...hostileRules(planning),
      ...purityRules(planning),
    },
  });
}
