import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** One run of a program: wall-clock seconds, and the most memory it held, in MiB (Linux only). */
export type Run = { readonly seconds: number; readonly mebibytes: number | undefined };

/** Runs a program to its end and measures it. @throws where it fails, with what it said */
export function measure(command: string, args: readonly string[]): Promise<Run> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let peak: number | undefined;
    let said = '';
    child.stderr.on('data', (chunk) => {
      said = `${said}${chunk}`.slice(-2000);
    });
    // The high-water mark only grows, so the last look before the end is close to it.
    const watch = setInterval(() => {
      peak = highWater(child.pid) ?? peak;
    }, 20);
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(watch);
      if (code !== 0) reject(new Error(`${command} ${args.join(' ')} ended with ${code}: ${said}`));
      else resolve({ seconds: (performance.now() - start) / 1000, mebibytes: peak });
    });
  });
}

/** The median of several runs, each prepared anew; the most memory of all. */
export async function median(runs: number, { before, run }: { before(): void; run(): Promise<Run> }): Promise<Run> {
  const done: Run[] = [];
  for (let count = 0; count < runs; count++) {
    before();
    done.push(await run());
  }
  return middle(done);
}

/** The same as a rival in turns, as a machine has other things to do; with the least and the largest ratio of a turn. */
export async function inTurns(
  turns: number,
  { own, rival, theirs }: { own(): Promise<Run>; readonly rival: string; theirs(): Promise<Run> },
) {
  const done: Run[] = [];
  const others: Run[] = [];
  for (let count = 0; count < turns; count++) {
    done.push(await own());
    others.push(await theirs());
  }
  const ratios = done.map(({ seconds }, turn) => seconds / (others[turn]?.seconds ?? Number.NaN));
  const spread = [Math.min(...ratios), Math.max(...ratios)] as const;
  return { ...middle(done), spread, rival: { name: rival, ...middle(others) } };
}

/** The median of some runs' seconds, and the most memory of all. */
export function middle(done: readonly Run[]): Run {
  const seconds = done.map((one) => one.seconds).sort((a, b) => a - b)[Math.floor(done.length / 2)] ?? Number.NaN;
  const peaks = done.flatMap(({ mebibytes }) => mebibytes ?? []);
  return { seconds, mebibytes: peaks.length > 0 ? Math.max(...peaks) : undefined };
}

function highWater(pid: number | undefined): number | undefined {
  try {
    const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kibibytes === undefined ? undefined : Number(kibibytes) / 1024;
  } catch {
    return undefined;
  }
}
