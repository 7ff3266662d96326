import { existsSync, readdirSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { type Desk, desk } from '../desk.ts';
import { kubepki } from '../program.ts';
import { type Row, result } from '../row.ts';
import { tiny } from '../scenarios.ts';
import { leftovers, stateOf } from '../tree.ts';

const many = tiny(...Array.from({ length: 60 }, (_, at) => `service-${at}`));

/** A run that holds the lock and is killed. */
export const lock: Row = {
  rows: [10],
  what: 'the lock after the death of its holder',
  needs: ['Linux', 'flock'],
  async run({ all }) {
    const times = all ? 100 : 2;
    const wrong: string[] = [];
    let killed = 0;
    for (let time = 0; time < times; time++) {
      const on = desk();
      on.write('cluster.yaml', many);
      if (await killAtWork(on)) killed += 1;
      on.write('cluster.yaml', tiny('one'));
      const ran = await kubepki(['generate', '-o', on.tree], { cwd: on.folder });
      const { generation, wrong: bad } = stateOf(on.tree);
      if (ran.code !== 0) wrong.push(`exit ${ran.code}: ${ran.stderr}`);
      wrong.push(...bad, ...leftovers(on.tree).map((path) => `${path} is left`));
      if (generation < 1) wrong.push('no generation is current');
      on.remove();
    }
    return [
      result(
        {
          row: 10,
          what: 'the run after one that was killed while it held the lock',
          target: 'each begins at once, and none exits 75',
          measured: `${times - wrong.length} of ${times} (${killed} were killed at work)`,
        },
        { wrong, tried: killed },
      ),
    ];
  },
};

/** Kills a run as soon as it writes a generation; false: it was over before. */
async function killAtWork(on: Desk): Promise<boolean> {
  let over = false;
  let pid: number | undefined;
  const run = kubepki(['generate', '-o', on.tree], {
    cwd: on.folder,
    started(child) {
      pid = child.pid;
      child.input('');
    },
  }).then((ran) => {
    over = true;
    return ran;
  });
  while (!over && !begun(on)) await setTimeout(1);
  if (pid !== undefined && !over) process.kill(pid, 'SIGKILL');
  return (await run).code === undefined;
}

function begun({ tree }: Desk): boolean {
  const folder = `${tree}/generations`;
  return existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('.tmp'));
}
