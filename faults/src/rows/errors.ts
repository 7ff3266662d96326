import { callsOf, tally, tryAt } from '../injected.ts';
import { each, type Row, result, share, spread } from '../row.ts';
import { quick, type Scenario, scenarios } from '../scenarios.ts';
import { type Call, isWrite } from '../strace.ts';

/** The errors that a call can meet, after its manual page. */
const errors: Readonly<Record<string, readonly string[]>> = {
  write: ['ENOSPC', 'EIO', 'EDQUOT'],
  fsync: ['EIO', 'ENOSPC', 'EDQUOT'],
  close: ['EIO'],
  mkdir: ['ENOSPC', 'EDQUOT', 'EIO'],
  symlink: ['ENOSPC', 'EDQUOT', 'EIO'],
  rename: ['ENOSPC', 'EDQUOT', 'EIO'],
};

/** Errors of the disk and of the system at the calls that touch the tree. */
export const failing: Row = {
  rows: [3, 8],
  what: 'ENOSPC, EIO, EDQUOT and EMFILE at every file system call',
  needs: ['Linux', 'strace'],
  async run({ all }) {
    const into = tally();
    const points: (readonly [Scenario, Call, string])[] = [];
    for (const [index, scenario] of (all ? scenarios : quick).entries()) {
      const faults = (await callsOf(scenario)).flatMap((call) =>
        errorsOf(call).map((error) => [scenario, call, error] as const),
      );
      points.push(...(all ? share(faults) : spread(faults.slice(index), 2)));
    }
    await each(points, ([scenario, call, error]) => tryAt(scenario, { call, fault: `error=${error}`, into }));
    return [
      result(
        {
          row: 3,
          what: 'ENOSPC, EIO, EDQUOT and EMFILE at file system calls of the same commands',
          target: 'the tree is whole, exit 74 and the path is named; exit 0 only where all is done',
          measured: `${into.wrong.length} wrong (${into.points} faults, ${into.hit} met the tree)`,
        },
        { wrong: into.wrong, tried: into.hit },
      ),
      result(
        {
          row: 8,
          what: 'what is left after an error and one more run',
          target: '0 temporary names, 0 keys outside of what is kept',
          measured: `${into.left.length} (${into.points} errors)`,
        },
        { wrong: into.left, tried: into.hit },
      ),
    ];
  },
};

function errorsOf(call: Call): readonly string[] {
  if (call.name === 'openat') return isWrite(call) ? ['ENOSPC', 'EMFILE', 'EDQUOT', 'EIO'] : ['EMFILE', 'EIO'];
  return errors[call.name] ?? ['EIO'];
}
