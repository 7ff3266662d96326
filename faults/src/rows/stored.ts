import { spawnSync } from 'node:child_process';
import { desk } from '../desk.ts';
import { type NotStored, notStored } from '../order.ts';
import { type Row, result } from '../row.ts';
import { callsIn, strace } from '../strace.ts';
import { quick, traces } from '../traces.ts';

/** What is stored when, of every command that writes, by the order of its system calls. */
export const stored: Row = {
  rows: [6],
  what: 'what is stored before it is visible',
  needs: ['Linux', 'strace'],
  async run({ all }) {
    const made = await (all ? traces('022') : traces('000', quick));
    const wrong = made.flatMap(({ command, calls, on, wrong: failed }) => [
      ...failed,
      ...violations(command, notStored(calls, on.folder)),
    ]);
    const control = naive();
    return [
      result(
        {
          row: 6,
          what: 'files and folders that are visible before they are stored, by strace of every command that writes',
          target: '0 violations',
          measured: `${wrong.length} (${made.length} commands; a program that stores nothing: ${control})`,
        },
        { wrong: control < 3 ? [...wrong, 'what stores nothing was not found out'] : wrong, tried: made.length },
      ),
    ];
  },
};

/** What is written again at the next run may be lost: a file to start from, and metrics. */
function violations(command: string, { early, late }: NotStored): readonly string[] {
  const again = ['init', 'status --metrics'].includes(command);
  return [...early, ...(again ? [] : late)].map((one) => `${command}: ${one}`);
}

/** How many violations a program has that renames into place and stores nothing. */
function naive(): number {
  const on = desk();
  const log = `${on.folder}.log`;
  const script = `const fs = require('fs'); fs.mkdirSync('pki'); fs.writeFileSync('pki/a.tmp', 'a');
    fs.renameSync(process.cwd() + '/pki/a.tmp', process.cwd() + '/pki/a')`;
  const code = script.replaceAll("'pki", "process.cwd() + '/pki");
  const [command = '', ...args] = [...strace({ log, follow: true }), process.execPath, '-e', code];
  spawnSync(command, args, { cwd: on.folder });
  return violations('naive', notStored(callsIn(log), on.folder)).length;
}
