import { catalog, pluginName } from '@kubepki/presets';
import { connectionTable, marks, type VerifyProblem } from '@kubepki/verify';
import type { VerifiedTree } from '../commands/verify.ts';
import type { Args } from '../options.ts';
import { currentPath } from '../paths.ts';
import { problemLines } from './failure.ts';
import type { Out } from './out.ts';
import { extent } from './verified.ts';
import { verifiedJson } from './verify-json.ts';
import { count, listed } from './words.ts';

/** So many problems are printed; --json has all. */
const most = 60;

export function printVerify(verified: VerifiedTree, out: Out, { json }: Args): void {
  if (json) out.json(verifiedJson(verified));
  else out.print(textOf(verified, out));
}

function textOf(verified: VerifiedTree, out: Out): string {
  const { cluster, folder, generation, connections } = verified;
  return [
    out.style('bold', `${cluster}: generation ${String(generation).padStart(4, '0')}, in ${folder}/current`),
    '',
    ...connectionTable(connections).map((line) => `  ${line}`),
    '',
    `  ${marks.needed} they talk  ${marks.possible} they could  ${marks.refused} refused  ${marks.wrong} not as planned  ${marks.untried} not tried`,
    ...notes(verified),
    ...problems(verified, out),
    '',
    last(verified, out),
  ].join('\n');
}

/** What was left out, and why that is all right. */
function notes({ files, connections }: VerifiedTree): readonly string[] {
  const { keysAway, unread } = files;
  const { elsewhere, untried } = connections.counts;
  const lines = [
    ...(keysAway.length > 0 ? [`the keys of ${listed(keysAway)} are not in the tree`] : []),
    ...Object.entries(unread).map(
      ([emitter, files]) =>
        `${count(files, 'file')} of the emitter ${emitter}: by hash and mode alone; ${why(emitter)}`,
    ),
    ...(elsewhere > 0
      ? [`${count(elsewhere, 'connection')} to servers whose certificates are not of this plan: not tried`]
      : []),
    ...(untried > 0 ? [`${count(untried, 'connection')} for which a certificate or key is not there: not tried`] : []),
  ];
  return lines.length === 0 ? [] : ['', ...lines.map((line) => `  ${line}`)];
}

/** Why the files of an emitter are not read back: those of this program's own are read by whoever has their secret. */
function why(emitter: string): string {
  return catalog.emitters.some((plugin) => pluginName(plugin) === emitter)
    ? 'it is encrypted, and was read back when it was written'
    : '--config FILE names the config that has it';
}

function problems({ problems: all, folder }: VerifiedTree, out: Out): readonly string[] {
  if (all.length === 0) return [];
  const rest = all.length - most;
  return [
    '',
    out.style('red', 'what is not as planned'),
    ...problemLines(all.slice(0, most).map((problem) => ({ ...problem, where: whereOf(problem, folder) }))),
    ...(rest > 0 ? [`  … and ${rest} more; --json has all`] : []),
  ];
}

/** A file as the person would write it, an id as it is. */
function whereOf(problem: VerifyProblem, folder: string): string {
  if (!('file' in problem) || problem.file === undefined) return problem.where;
  return currentPath({ output: folder }, problem.file === '.' ? '' : problem.file);
}

function last(verified: VerifiedTree, out: Out): string {
  const { problems: all } = verified;
  return all.length === 0
    ? out.style('green', `verified: ${extent(verified)} as planned`)
    : out.style('red', `not as planned: ${count(all.length, 'problem')} in ${extent(verified)}`);
}
