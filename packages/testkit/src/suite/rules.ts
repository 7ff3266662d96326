import { setImmediate } from 'node:timers/promises';

/** A test framework's `test`, as ava, node:test and vitest have it alike. */
export type Test = (title: string, run: (t?: unknown) => Promise<void>) => unknown;

/** What is checked, by how the title goes on behind the plugin's name. */
export type Rules = Readonly<Record<string, () => void | Promise<void>>>;

/** Makes a test of each rule. */
export function testRules(test: Test, { name, rules }: { readonly name: string; readonly rules: Rules }): void {
  for (const [rule, check] of Object.entries(rules)) {
    test(`${name} ${rule}`, async (t) => {
      await inTurn(check);
      // ava fails a test without an assertion of its own.
      (t as { pass?(): unknown } | null | undefined)?.pass?.();
    });
  }
}

let last: Promise<unknown> = Promise.resolve();

/** One rule after the other, also where a framework starts all at once, with room for its reports in between. */
function inTurn(check: () => void | Promise<void>): Promise<void> {
  const mine = last.then(() => setImmediate()).then(check);
  last = mine.catch(() => undefined);
  return mine;
}
