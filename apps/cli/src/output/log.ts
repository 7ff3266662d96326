import type { Log, Logged } from '../commands/log.ts';
import type { Args } from '../options.ts';
import type { Out } from './out.ts';
import { count, listed } from './words.ts';

export function printLog(log: Log, out: Out, { json }: Args): void {
  if (json) out.json(log);
  else out.print(textOf(log, out));
}

function textOf({ cluster, folder, generations }: Log, out: Out): string {
  return [
    out.style('bold', `${cluster}: ${count(generations.length, 'generation')} in ${folder}`),
    ...generations.flatMap((one) => ['', ...lines(one, out)]),
  ].join('\n');
}

function lines(one: Logged, out: Out): readonly string[] {
  const head = `${one.current ? '*' : ' '} ${String(one.number).padStart(4, '0')}`;
  const name = one.current ? out.style('green', head) : head;
  if ('problem' in one) return [`${name}  ${out.style('red', one.problem)}`];
  const made = one.made === undefined ? 'made at an unknown time' : `made ${second(one.made)}`;
  const now = one.current ? ', current' : '';
  return [
    `${name}  ${made}: ${count(one.files, 'file')}, ${count(one.credentials, 'credential')}${now}`,
    ...changes(one),
  ];
}

function changes({ number, changes: found }: Exclude<Logged, { readonly problem: string }>): readonly string[] {
  if (found === undefined) return ['        what it changed is not known: the one before it is not kept'];
  const { made, remade, dropped } = found;
  const marked = [
    ['+', made],
    ['~', remade],
    ['-', dropped],
  ] as const;
  const told = marked.flatMap(([mark, ids]) => (ids.length === 0 ? [] : [`        ${mark} ${listed(ids)}`]));
  return told.length > 0 || number === 1 ? told : ['        no credential changed'];
}

function second(instant: string): string {
  return instant.replace(/\.\d+Z$/, 'Z');
}
