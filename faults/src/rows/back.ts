import { desk } from '../desk.ts';
import { kubepki } from '../program.ts';
import { type Row, result } from '../row.ts';
import { must, tiny } from '../scenarios.ts';
import { notInPlace, stateOf } from '../tree.ts';

/** The way back to every generation that is kept. */
export const back: Row = {
  rows: [14],
  what: 'rollback to each generation that is kept',
  needs: [],
  async run({ all }) {
    const on = desk();
    const { tree, place } = on;
    const last = all ? 6 : 3;
    for (let number = 1; number <= last; number++) {
      on.write('cluster.yaml', tiny(...Array.from({ length: number }, (_, at) => `service-${at}`)));
      await must(['generate', '-o', tree, '--in-place', place, '--keep', 'all'], on);
    }
    const wrong: string[] = [];
    const numbers = Array.from({ length: last }, (_, at) => at + 1);
    const targets = [
      ...numbers.filter((one) => one % 2 === 1 && one < last),
      ...numbers.filter((one) => one % 2 === 0),
      last,
    ];
    for (const target of targets) {
      const { code, stderr } = await kubepki(['rollback', `${target}`, '-o', tree, '--in-place', place], {
        cwd: on.folder,
      });
      const state = stateOf(tree);
      if (code !== 0 || state.generation !== target) wrong.push(`${target}: exit ${code}: ${stderr}`);
      wrong.push(...state.wrong, ...notInPlace(tree, place));
      const verified = await kubepki(['verify', tree], { cwd: on.folder });
      if (verified.code !== 0) wrong.push(`${target}: verify: ${verified.stdout}`);
    }
    return [
      result(
        {
          row: 14,
          what: 'rollback to each generation that is kept, with its files in place',
          target: '100 %, and verify finds nothing',
          measured: `${targets.length - wrong.length} of ${targets.length}`,
        },
        { wrong, tried: targets.length },
      ),
    ];
  },
};
