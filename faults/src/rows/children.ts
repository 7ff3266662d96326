import { chmodSync, mkdirSync } from 'node:fs';
import { type Desk, desk } from '../desk.ts';
import { kubepki } from '../program.ts';
import { type Row, result } from '../row.ts';
import { must, tiny } from '../scenarios.ts';
import { leftovers, stateOf } from '../tree.ts';

/** The programs that kubepki runs, each in place of the real one: it dies, fails, or is not there. */
const children: readonly (readonly [name: string, script: string, fine: boolean])[] = [
  ['flock', 'kill -9 $$', false],
  ['flock', 'exit 1', false],
  ['flock', 'exit 66', true],
  ['sync', 'kill -9 $$', true],
  ['sync', 'exit 1', true],
];

/** There are no threads of the program's own. What runs beside it are these two programs. */
export const helpers: Row = {
  rows: [35],
  what: 'programs that kubepki runs and that die',
  needs: ['Linux', 'flock'],
  async run({ all }) {
    const before = desk();
    before.write('cluster.yaml', tiny('one'));
    await must(['generate', '-o', before.tree], before);
    const few = tiny('one', 'two');
    const many = tiny(...Array.from({ length: 260 }, (_, at) => `service-${at}`));
    const wrong: string[] = [];
    const tried = all ? children : children.filter(([name]) => name === 'flock');
    for (const [name, script, fine] of tried) {
      const on = desk(before);
      on.write('cluster.yaml', name === 'sync' ? many : few);
      wrong.push(...(await meeting(on, { name, script, fine })).map((one) => `${name} (${script}): ${one}`));
      on.remove();
    }
    return [
      result(
        {
          row: 35,
          what: 'a helper program (flock, sync) that is killed or fails; the program has no threads of its own',
          target: 'the tree is unchanged and exit is not 0, or all is stored in another way',
          measured: `${wrong.length} wrong (${tried.length} deaths and failures)`,
        },
        { wrong, tried: tried.length },
      ),
    ];
  },
};

async function meeting(
  on: Desk,
  { name, script, fine }: { readonly name: string; readonly script: string; readonly fine: boolean },
): Promise<readonly string[]> {
  mkdirSync(on.path('bin'));
  on.write(`bin/${name}`, `#!/bin/sh\n${script}\n`);
  chmodSync(on.path('bin', name), 0o755);
  const env = { PATH: `${on.path('bin')}:${process.env.PATH}` };
  const ran = await kubepki(['generate', '-o', on.tree], { cwd: on.folder, env });
  const { generation, wrong } = stateOf(on.tree);
  const right = fine ? ran.code === 0 && generation === 2 : (ran.code === 74 || ran.code === 75) && generation === 1;
  return [
    ...wrong,
    ...(right ? [] : [`exit ${ran.code}, and generation ${generation} is current: ${ran.stderr}`]),
    ...leftovers(on.tree).map((path) => `${path} is left`),
  ];
}
