/**
 * Boots a cluster and prints what it sees, a line of JSON each. Runs inside `unshare` (see run.ts), where it is the
 * first process: everything it started ends with it. Reads one `Boot` from the first line of stdin, and ends when
 * stdin does.
 */
import { execFileSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { checkLimits } from './check-limits.ts';
import { checkManifests } from './check-manifests.ts';
import { checkTokens } from './check-tokens.ts';
import { checkTrials } from './check-trials.ts';
import { checks } from './checks.ts';
import { BootFailure, machine } from './machine.ts';
import { connect } from './network.ts';
import { startControlPlanes, startTheRest } from './start.ts';
import type { Boot, Line, See } from './types.ts';

const lines = createInterface({ input: process.stdin }).on('close', () => process.exit(1));
lines.once('line', async (line) => {
  try {
    await run(JSON.parse(line) as Boot);
    print({ done: true });
    end(0);
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(String(error));
    print({ failed: failure.message, log: failure instanceof BootFailure ? failure.log : (failure.stack ?? '') });
    end(1);
  }
});

async function run(boot: Boot) {
  // Data, logs and sockets live in memory that goes with these namespaces.
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'mode=700', 'tmpfs', boot.work]);
  const holders = await connect(boot);
  const here = machine(boot, holders);
  const see: See = (what, of, is) => print({ what, of, is });
  await startControlPlanes(here);
  if (boot.manifests !== undefined) return checkManifests(here, boot.manifests, see);
  if (boot.audience !== undefined) return checkTokens(here, boot.audience, see);
  startTheRest(here);
  await checks(here, see);
  if (boot.trials === undefined) return;
  await checkTrials(boot, holders, see);
  await checkLimits(here, see);
}

function print(line: Line) {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function end(code: number) {
  process.stdout.write('', () => process.exit(code));
}
