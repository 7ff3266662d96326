import { callsOf, tally, tryAt } from '../injected.ts';
import { each, type Row, result, share, spread } from '../row.ts';
import { quick, type Scenario, scenarios } from '../scenarios.ts';
import type { Call } from '../strace.ts';

/** SIGKILL at the calls that touch the tree: at each, or at some and all by which anything gets its name. */
export const killed: Row = {
  rows: [1, 8],
  what: 'SIGKILL at every file system call',
  needs: ['Linux', 'strace'],
  async run({ all }) {
    const into = tally();
    const points: (readonly [Scenario, Call])[] = [];
    let of = 0;
    const met = all ? scenarios : quick;
    for (const scenario of met) {
      const calls = await callsOf(scenario);
      of += calls.length;
      points.push(...(all ? share(calls) : few(calls)).map((call) => [scenario, call] as const));
    }
    await each(points, ([scenario, call]) => tryAt(scenario, { call, fault: 'signal=KILL', into }));
    const tried = `${into.points} of ${of} calls of ${met.length} commands`;
    return [
      result(
        {
          row: 1,
          what: 'SIGKILL at file system calls of generate, renew, rollback and in place',
          target: '0 mixed, torn or unreadable trees; the next run succeeds',
          measured: `${into.wrong.length} wrong (${tried}; ${into.hit} died at that call)`,
        },
        { wrong: into.wrong, tried: into.hit },
      ),
      result(
        {
          row: 8,
          what: 'what is left after a death and one more run',
          target: '0 temporary names, 0 keys outside of what is kept',
          measured: `${into.left.length} (${into.points} deaths)`,
        },
        { wrong: into.left, tried: into.hit },
      ),
    ];
  },
};

function few(calls: readonly Call[]): readonly Call[] {
  const naming = calls.filter(({ name }) => name.startsWith('rename'));
  return [...new Set([...spread(naming, 2), ...spread(calls, 1)])];
}
