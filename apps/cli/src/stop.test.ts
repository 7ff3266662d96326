import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import test from 'ava';
import { desk, one } from './testing/program.ts';

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  test(`${signal} stops a run and leaves nothing of it`, async (t) => {
    const own = desk(t);
    own.write('cluster.yaml', { ...one, keys: 'rsa-4096' });
    const { child, done } = own.start(['generate']);
    await listening(child.pid, signal);
    // Long enough for all code to be loaded and the keys to have begun, far from enough for twenty of them.
    await setTimeout(4000);
    child.kill(signal);
    await setTimeout(50);
    child.kill(signal);
    const ended = await done;
    // Where keys take very long the signal itself ends the process, which shells report with the same number.
    t.true(ended.status === code || child.signalCode === signal);
    t.regex(ended.stderr, new RegExp(`^error: stopped by ${signal}; nothing was changed\n$`));
    t.deepEqual(Object.keys(own.look()), ['cluster.yaml']);
    t.false(existsSync(own.path('pki')));
  });
}

/** Waits until a process catches a signal, which Linux tells; elsewhere for as long as a start may take. */
async function listening(pid: number | undefined, signal: 'SIGINT' | 'SIGTERM'): Promise<void> {
  const status = `/proc/${pid}/status`;
  if (!existsSync(status)) return setTimeout(5000);
  const bit = 1n << BigInt(constants.signals[signal] - 1);
  const caught = () => BigInt(`0x${/^SigCgt:\s+(\w+)$/m.exec(readFileSync(status, 'utf8'))?.[1] ?? '0'}`);
  for (let tries = 0; (caught() & bit) === 0n && tries < 600; tries++) await setTimeout(100);
}
