import type { Entry } from '@kubepki/core';
import type { Context } from './context.ts';
import { type FileProblem, ofFile } from './problem.ts';

/** What the manifest says of a file that cannot be, by the plan. */
export function* checkEntry({ path, holds }: Entry, { specs }: Context): Generator<FileProblem> {
  for (const { id } of holds) {
    const { kind } = specs.get(id) ?? {};
    if (kind !== undefined && kind !== 'elsewhere') continue;
    const message = `the manifest says that it holds ${id}, which the plan does not have`;
    yield ofFile(path, {
      check: 'manifest',
      message,
      hint: 'the manifest is not of this plan: restore it from a copy',
    });
  }
}
