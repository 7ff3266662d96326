import type { Test } from '../suite/rules.ts';

type Recorder = {
  readonly test: Test;
  titles(): readonly string[];
  /** Runs the tests whose titles end so, and gives the messages of those that fail. */
  failures(ending?: string): Promise<Readonly<Record<string, string>>>;
};

/** A `test` that keeps what it is given, to be run and looked at. */
export function recorder(): Recorder {
  const tests = new Map<string, (t?: unknown) => Promise<void>>();
  return {
    test: (title, run) => tests.set(title, run),
    titles: () => [...tests.keys()],
    async failures(ending = '') {
      const failed: Record<string, string> = {};
      for (const [title, run] of tests) {
        if (!title.endsWith(ending)) continue;
        await run().catch((error: unknown) => {
          failed[title] = error instanceof Error ? error.message : String(error);
        });
      }
      return failed;
    },
  };
}

/** Runs a suite, or one rule of it, and says which fail, without the subject's name, and how. */
export async function failuresOf(
  name: string,
  suite: (test: Test) => void,
  rule?: string,
): Promise<Readonly<Record<string, string>>> {
  const { test, failures } = recorder();
  suite(test);
  const found = Object.entries(await failures(rule));
  return Object.fromEntries(found.map(([title, message]) => [title.replace(`${name} `, ''), message]));
}
