import { type Cluster, defineComponent, type LeafInput, type SpecInput, server } from '@kubepki/core';
import test, { type ExecutionContext } from 'ava';
import { z } from 'zod';
import { type ComponentSuite, testComponent } from '../component/test-component.ts';
import { failuresOf } from './recorder.ts';

/** What is wrong with a component; the rest of it is good. */
export type Bad = {
  plan?(cluster: Cluster): Iterable<SpecInput>;
  readonly options?: z.ZodType;
  readonly suite?: ComponentSuite<z.ZodType>;
};

/** A good spec, but for what is said. */
export function x(more: Partial<LeafInput> = {}): SpecInput {
  return server({ name: 'x', issuer: 'cluster/server', commonName: 'x', sans: { dns: ['x'], ips: [] }, ...more });
}

/** A bug is found by this rule, which says so; `alone`: no other rule fails. */
export const finds = test.macro(
  async (t: ExecutionContext, bad: Bad, rule: string, message: RegExp, others: 'alone' | 'and others' = 'alone') => {
    const { plan = () => [x()], options = z.strictObject({}), suite = {} } = bad;
    const make = defineComponent({ name: 'bad', options, plan });
    const only = others === 'alone' ? undefined : rule;
    const found = await failuresOf('component bad', (record) => testComponent(record, make, suite), only);
    t.regex(found[rule] ?? 'the rule holds', message);
    if (others === 'alone') t.deepEqual(Object.keys(found), [rule]);
  },
);
