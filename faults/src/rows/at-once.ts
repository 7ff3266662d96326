import { spawnSync } from 'node:child_process';
import { closeSync, constants, openSync, rmSync, writeSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { type Desk, desk } from '../desk.ts';
import { kubepki, type Ran } from '../program.ts';
import { type Row, result } from '../row.ts';
import { tiny } from '../scenarios.ts';
import { kept, leftovers, stateOf } from '../tree.ts';

const racers = 6;

/** Runs at the same time on one tree. */
export const atOnce: Row = {
  rows: [9],
  what: 'six runs at once',
  needs: ['Linux', 'flock'],
  async run({ all }) {
    const rounds = all ? 200 : 1;
    const wrong: string[] = [];
    const seen = { made: 0, busy: 0, late: 0 };
    let on = desk();
    for (let round = 0; round < rounds; round++) {
      if (round % 5 === 0) on = desk();
      const before = stateOf(on.tree).generation;
      const runs = await race(on, tiny(...Array.from({ length: 12 + (round % 5) }, (_, at) => `service-${at}`)));
      const { generation, wrong: mixed } = stateOf(on.tree);
      const made = runs.filter(({ code, stdout }) => code === 0 && !stdout.includes('nothing was written'));
      const busy = runs.filter(({ code }) => code === 75);
      const late = runs.length - made.length - busy.length;
      seen.made += made.length;
      seen.busy += busy.length;
      seen.late += late;
      const strange = runs.filter(({ code }) => code !== 0 && code !== 75);
      const bad = [
        ...mixed,
        ...(made.length === 1 ? [] : [`${made.length} runs made a generation`]),
        ...(generation === before + 1 && kept(on.tree).includes(generation)
          ? []
          : [`generation ${generation} is current`]),
        ...strange.map(({ code, stderr }) => `exit ${code}: ${stderr}`),
        ...leftovers(on.tree).map((path) => `${path} is left`),
      ];
      wrong.push(...bad.map((one) => `round ${round}: ${one}`));
    }
    return [
      result(
        {
          row: 9,
          what: `${racers} runs at once on one tree`,
          target: 'exactly 1 commits, the others exit 75 (or came late and had nothing to do), 0 mixed',
          measured: `${wrong.length} wrong in ${rounds} rounds (${seen.made} committed, ${seen.busy} exit 75, ${seen.late} late)`,
        },
        { wrong, tried: seen.busy },
      ),
    ];
  },
};

/** Starts all of them, waits until each waits for its cluster file, and gives it to all. */
async function race(on: Desk, cluster: object): Promise<readonly Ran[]> {
  const pipes = Array.from({ length: racers }, (_, at) => on.path(`cluster-${at}.yaml`));
  for (const pipe of pipes) rmSync(pipe, { force: true });
  spawnSync('mkfifo', pipes);
  const runs = pipes.map((pipe) => kubepki(['generate', '-f', pipe, '-o', on.tree], { cwd: on.folder }));
  const writers: number[] = [];
  for (const pipe of pipes) writers.push(await whenRead(pipe));
  for (const writer of writers) {
    writeSync(writer, `${JSON.stringify(cluster)}\n`);
    closeSync(writer);
  }
  return Promise.all(runs);
}

/** Opens a pipe for writing, which succeeds once somebody reads from it. */
async function whenRead(pipe: string): Promise<number> {
  for (;;) {
    try {
      return openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENXIO') throw error;
      await setTimeout(5);
    }
  }
}
