import { join } from 'node:path';
import type { Installed } from '../commands/install.ts';
import type { Restart } from '../install/restart.ts';
import type { Args } from '../options.ts';
import { rereadText } from './affected.ts';
import type { Out } from './out.ts';
import { count, day, listed } from './words.ts';

export function printInstall(installed: Installed, out: Out, { json }: Args): void {
  if (json) out.json(installJson(installed));
  else
    out.print(
      [head(installed, out), ...paths(installed), ...notes(installed, out), ...processes(installed, out)].join('\n'),
    );
}

function installJson({ renewedUntil, processes: found, ...rest }: Installed) {
  return { ...rest, kubeletRenewedUntil: renewedUntil?.toISOString() ?? null, processes: found ?? null };
}

function head({ node, root, dryRun, written, removed, kept }: Installed, out: Out): string {
  if (written.length + removed.length === 0)
    return out.style('green', `nothing to do: ${node} has all its files under ${root}; nothing was written`);
  const gone = removed.length === 0 ? '' : `, ${removed.length} removed`;
  const would = dryRun ? 'would be ' : '';
  return out.style(
    'green',
    `${node}: ${count(written.length, 'file')} ${would}written under ${root}${gone}, ${kept} as they were`,
  );
}

function paths({ root, written, removed }: Installed): readonly string[] {
  return [...written.map((path) => `  ${join(root, path)}`), ...removed.map((path) => `  ${join(root, path)} removed`)];
}

function* notes({ leftOut, renewedUntil, root, written, processes: found }: Installed, out: Out): Generator<string> {
  if (renewedUntil !== undefined)
    yield `the kubelet renewed its client certificate itself, so that stays; it is good until ${day(renewedUntil)}`;
  if (leftOut.length > 0) {
    yield `${out.style('yellow', 'left out')}: ${listed(leftOut.map((path) => join(root, path)))}, since authorities' keys lie elsewhere; --authority-keys DIR names their folder`;
  }
  if (found === undefined && written.length > 0)
    yield 'which processes read them is in the plan: kubepki plan --flags, where the cluster file is';
}

function* processes({ processes: found = [] }: Installed, out: Out): Generator<string> {
  const stale = found.filter(({ how }) => how === 'restart');
  const fresh = found.filter(({ how }) => how === 'rereads');
  if (stale.length > 0)
    yield out.style('bold', stale.some(({ ended }) => ended !== undefined) ? 'restarted' : 'restart');
  for (const one of stale) yield `  ${one.process}: ${commandText(one, out)}`;
  if (fresh.length > 0) yield rereadText(listed(fresh.map(({ process }) => process)));
}

function commandText({ command, ended }: Restart, out: Out): string {
  if (command === undefined) return 'as it is run here; it is no unit and no static pod of that name';
  if (ended === undefined || ended === 0) return command;
  return `${command} ${out.style('red', `ended with ${ended}`)}`;
}
