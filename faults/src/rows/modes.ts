import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Row, result } from '../row.ts';
import { secretsIn } from '../secrets.ts';
import { type Call, named } from '../strace.ts';
import { quick, type Trace, traces } from '../traces.ts';
import { filesIn } from '../walk.ts';

/** How files and folders are made, by every command that writes, whatever the umask is. */
export const modes: Row = {
  rows: [31],
  what: 'how keys are opened',
  needs: ['Linux', 'strace', 'root'],
  async run({ all }) {
    const runs = all
      ? [...(await traces('000')), ...(await traces('777'))]
      : [...(await traces('000', quick)), ...(await traces('777', ['generate']))];
    const made = runs.flatMap(({ calls, on }) => calls.filter((call) => makes(call, on.folder)));
    const desks = [...new Set(runs.map(({ on }) => on.folder))];
    const secret = desks.flatMap((folder) =>
      filesIn(folder)
        .map((path) => join(folder, path))
        .filter(holdsKey),
    );
    const wrong = [
      ...runs.flatMap((run) => run.wrong),
      ...runs.flatMap((run) => looselyMade(run)),
      ...secret.filter((path) => (lstatSync(path).mode & 0o077) !== 0).map((path) => `${path} can be read by others`),
    ];
    const files = `${made.length} files and folders made by ${runs.length} commands, ${secret.length} files with keys`;
    return [
      result(
        {
          row: 31,
          what: 'how files are made, with umask 000 and 777',
          target: 'O_CREAT, O_EXCL, O_NOFOLLOW, 0600 at most; folders 0700; no key open to others',
          measured: `${wrong.length} looser (${files})`,
        },
        { wrong, tried: Math.min(made.length, secret.length) },
      ),
    ];
  },
};

function makes({ name, text, done }: Call, folder: string): boolean {
  return done && text.includes(`"${folder}/`) && (name === 'mkdir' || (name === 'openat' && text.includes('O_CREAT')));
}

/** The file to start from holds no key, and has the mode that its person's files have. */
function looselyMade({ command, calls, on }: Trace): readonly string[] {
  if (command === 'init') return [];
  return calls
    .filter((call) => makes(call, on.folder))
    .filter(({ name, text }) => {
      if (name === 'mkdir') return !/, 0[0-7]00\) /.test(text);
      return !/O_CREAT\|O_EXCL\|O_NOFOLLOW\|O_CLOEXEC, 0[0-6]00\)/.test(text);
    })
    .map((call) => `${command}: ${named(call)[0]}: ${call.text.replace(/"[^"]*"/, '…').slice(0, 100)}`);
}

function holdsKey(path: string): boolean {
  return lstatSync(path).isFile() && secretsIn(readFileSync(path)).length > 0;
}
