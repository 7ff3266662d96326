import test from 'ava';
import { PkiError } from '../error.ts';
import { smallPlan } from '../testing/small.ts';
import type { Policy } from './input.ts';

const faults: Readonly<Record<string, readonly [policy: unknown, says: RegExp]>> = {
  'returns nothing': [() => {}, /^policies\[1\] returns nothing, where a plan is expected$/],
  'returns a promise': [async () => {}, /^policies\[1\] returns a promise, where a plan is expected$/],
  throws: [
    function house() {
      throw new Error('not ours');
    },
    /^policies\[1\] \(house\) failed: not ours$/,
  ],
  'adds a field': [
    (plan: ReturnType<Policy>) => ({ ...plan, specs: plan.specs.map((spec) => ({ ...spec, acepts: [] })) }),
    /^policies\[1\] returns what is no plan: ca: Unrecognized key: "acepts"$/,
  ],
  'turns the order round': [
    (plan: ReturnType<Policy>) => ({ ...plan, specs: [...plan.specs].reverse() }),
    /^policies\[1\] returns a plan in another order: \S+ stands in the wrong place$/,
  ],
};
for (const [what, [policy, message]] of Object.entries(faults)) {
  test(`a policy that ${what} is named, with what to do`, (t) => {
    const policies = [(plan) => plan, policy as Policy] satisfies readonly Policy[];
    const error = t.throws(() => smallPlan({ policies }), { instanceOf: PkiError, code: 'POLICY_FAILED', message });
    t.truthy(error?.hint);
  });
}

test('a policy may refuse by an error of core, which stays as it is', (t) => {
  const refuse = [
    () => {
      throw new PkiError('HOUSE', 'not ours', { hint: 'ask us' });
    },
  ];
  const error = t.throws(() => smallPlan({ policies: refuse }), { code: 'HOUSE', message: 'not ours' });
  t.like(error, { hint: 'ask us' });
});
