import { openOutput } from '@kubepki/core';
import { watchedTree } from '@kubepki/status';
import { AppError, usage } from '../failure.ts';
import type { Args } from '../options.ts';
import { draw } from '../report/draw.ts';
import { findingsOf } from '../report/findings.ts';
import { formatOf } from '../report/format.ts';
import type { Session } from '../session.ts';

/** Draws the current generation of an output folder, and writes nothing. */
export async function report(args: Args, session: Session): Promise<string> {
  const format = formatOf(args.format);
  const [named] = args.words;
  if (named !== undefined && args.output !== 'pki')
    throw usage('BAD_OPTION', 'the folder is named twice: by -o, and without it');
  const { plan, entries, generation, folder } = openOutput({ folder: named ?? args.output, write: false });
  if (plan === undefined) {
    throw new AppError('TREE_EMPTY', `${folder} has no PKI yet`, {
      fault: 'input',
      hint: 'kubepki generate makes one, and kubepki plan --html draws what it would make',
    });
  }
  const certificates = watchedTree({ plan, entries, folder });
  const now = session.now();
  const input = { plan, made: { generation, certificates }, now };
  if (format !== 'html') return draw(input, format);
  if (!args.verify) return draw({ ...input, checked: ['verify and lint were left out'] }, format);
  return draw({ ...input, ...(await findingsOf(args, { plan, folder, session })) }, format);
}
