import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionContext } from 'ava';

/** A folder that is gone when the test is over. */
export function scratch(t: ExecutionContext): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kubepki-e2e-')));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
