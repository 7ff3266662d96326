import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';
import { existingTree } from '../changes/existing-tree.ts';
import type { Renewal } from '../changes/renewal.ts';
import { withoutEdits } from '../emit/edits.ts';
import { openOutput } from '../emit/tree/output.ts';
import { stagedTree } from '../emit/tree/staged.ts';
import { generate } from '../pipeline.ts';
import type { Plan } from '../plan/plan.ts';
import { survey } from '../survey.ts';
import type { Survey } from '../survey-input.ts';
import { layout, pairs } from './small.ts';

const emitters = [pairs];

/** When a run is that does not say when. */
export const now = new Date('2026-06-01T12:00:00Z');

/** The path of an output folder that is not there yet. */
export function newOutput(t: ExecutionContext): string {
  const path = mkdtempSync(join(tmpdir(), 'kubepki-run-'));
  t.teardown(() => rmSync(path, { recursive: true, force: true }));
  return join(path, 'pki');
}

/** How a run over an output folder differs from the usual one. */
export type RunOptions = {
  readonly apart?: string;
  readonly at?: Date;
  readonly renewal?: Renewal;
  readonly discardEdits?: boolean;
};

/** A run over an output folder: what it saw, and what it made. */
export async function run(
  path: string,
  plan: Plan,
  { apart, at = now, renewal, discardEdits = false }: RunOptions = {},
): Promise<Survey & { readonly made: readonly string[] }> {
  const opened = openOutput({ folder: path, write: true });
  try {
    const output = discardEdits ? withoutEdits(opened) : opened;
    const existing = existingTree({ output, emitters, ...(apart ? { apart } : {}) });
    const input = { plan, emitters, layout, existing, now: at, renewal, apart: apart !== undefined };
    const seen = await survey({ ...input, output });
    const made: string[] = [];
    if (!seen.idle) {
      const tree = stagedTree(output, { cluster: 'small', ...(apart ? { apart } : {}) });
      for await (const { spec, made: isMade } of generate({ ...input, tree })) if (isMade) made.push(spec.id);
    }
    return { ...seen, made };
  } finally {
    opened.close();
  }
}

/** The text of a file of the current generation. */
export function readCurrent(path: string, file: string): string {
  return readFileSync(join(path, 'current', file), 'utf8');
}
