import type { RolledBackTo } from '../commands/rollback.ts';
import type { Args } from '../options.ts';
import type { Out } from './out.ts';
import { inPlaceLine } from './upkeep.ts';
import { day, listed } from './words.ts';

export function printRollback(rolled: RolledBackTo, out: Out, { json }: Args): void {
  if (json) out.json(rolled);
  else out.print([head(rolled, out), ...meaning(rolled, out), ...placed(rolled)].join('\n'));
}

function head({ cluster, folder, from, to, made }: RolledBackTo, out: Out): string {
  const when = made === undefined ? '' : ` of ${day(new Date(made))}`;
  const was = from === 0 ? '' : `, no longer ${from}`;
  const is = from === to ? 'is current already' : `is current again${was}`;
  return out.style('green', `${cluster}: generation ${to}${when} ${is}, in ${folder}/current`);
}

function* meaning({ changes, ended, authorities }: RolledBackTo, out: Out): Generator<string> {
  if (changes !== undefined) yield `  ${backText(changes)}; the next generate compares with this generation`;
  else yield '  what was current before cannot be read; the next generate compares with this generation';
  if (ended.length > 0)
    yield out.style('yellow', `  ended meanwhile: ${listed(ended)}; kubepki renew makes them again`);
  if (authorities.length === 0) return;
  yield out.style(
    'yellow',
    `  other authorities or keys than before: ${listed(authorities)}; what the one generation signed is not trusted by the other`,
  );
}

function backText({ made, remade, dropped }: NonNullable<RolledBackTo['changes']>): string {
  const back = [...remade, ...made];
  const words = [
    ...(back.length > 0 ? [`these come back: ${listed(back)}`] : []),
    ...(dropped.length > 0 ? [`no longer in it, and good until they end: ${listed(dropped)}`] : []),
  ];
  return words.length > 0 ? words.join('; ') : 'every credential is the same';
}

function placed({ inPlace }: RolledBackTo): readonly string[] {
  return inPlace === undefined ? [] : [`  ${inPlaceLine(inPlace)}`];
}
