import { desk, look } from '../desk.ts';
import { kubepki } from '../program.ts';
import { type Row, result } from '../row.ts';
import { must } from '../scenarios.ts';
import { callsIn, isIn, isWrite, strace } from '../strace.ts';
import { pair } from '../traces.ts';

/** Commands with nothing to do, and commands that only look. */
export const idle: Row = {
  rows: [11],
  what: 'commands with nothing to do',
  needs: ['Linux', 'strace'],
  async run({ all }) {
    const on = desk();
    const { tree, place } = on;
    on.write('cluster.yaml', pair);
    await must(['generate', '-o', tree, '--in-place', place], on);
    const commands: readonly (readonly string[])[] = [
      ['generate', '-o', tree],
      ['generate', '-o', tree, '--in-place', place],
      ['renew', '-o', tree],
      ['generate', '-o', tree, '--discard-edits'],
      ['renew', '-o', tree, 'apiserver', '--dry-run'],
      ['diff', '-o', tree],
      ['status', tree],
      ['verify', tree],
      ['log', tree],
      ['plan'],
      ['lint', `${tree}/current/authorities/ca.crt`],
      ['export', 'w-1', '-o', tree],
    ];
    const tried = all ? commands : commands.slice(0, 3);
    const wrong: string[] = [];
    const before = look(on.folder).join('\n');
    for (const [index, args] of tried.entries()) {
      const log = `${on.folder}.${index}.log`;
      const by = strace({ log, follow: true });
      const { code, stderr } = await kubepki(args, { cwd: on.folder, by, archive: args[0] === 'export' });
      const writes = callsIn(log)
        .filter(isIn(`${on.folder}/p`))
        .filter((call) => call.done && isWrite(call));
      const touched = look(on.folder).join('\n') !== before;
      if (code !== 0) wrong.push(`${args[0]}: exit ${code}: ${stderr}`);
      wrong.push(...writes.map(({ text }) => `${args[0]}: ${text}`));
      if (touched) wrong.push(`${args[0]}: something was touched`);
    }
    return [
      result(
        {
          row: 11,
          what: 'a second generate, a renew with nothing due, and what only looks',
          target: '0 files opened for writing, 0 bytes and times changed, exit 0',
          measured: `${wrong.length} (${tried.length} commands, by strace and by times to the nanosecond)`,
        },
        { wrong, tried: tried.length },
      ),
    ];
  },
};
