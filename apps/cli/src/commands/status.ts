import { existsSync } from 'node:fs';
import { parseDuration } from '@kubepki/core';
import { isUnder, metricsText, readStatus, type Status, type Watched, writeMetrics } from '@kubepki/status';
import { exitCodes } from '../exit.ts';
import { AppError, usage } from '../failure.ts';
import type { Args } from '../options.ts';
import type { Session } from '../session.ts';

/** What ends when, and what of it is asked about. */
export type Shown = Status & {
  /** The threshold in seconds, and what is under it; undefined where none was given. */
  readonly threshold: { readonly seconds: number; readonly under: ReadonlySet<Watched> } | undefined;
  /** The file that the metrics were written to. */
  readonly metrics: string | undefined;
  /** The columns of the terminal; undefined where there is none. */
  readonly width: number | undefined;
};

/** Says what ends when. It writes nothing but the metrics, where a file for them is named. */
export async function status(args: Args, { now, signal, stdout }: Session): Promise<Shown> {
  const { words, output, failUnder, metrics } = args;
  if (words.length > 0 && output !== 'pki')
    throw usage('BAD_OPTION', 'the folder is named twice: by -o, and without it');
  if (words.length === 0 && !existsSync(output)) throw noTree(output);
  const seconds = failUnder === undefined ? undefined : secondsOf(failUnder);
  const found = await readStatus({ paths: words.length > 0 ? words : [output], now: now(), signal });
  if (metrics !== undefined) writeMetrics(metrics, metricsText(found));
  const threshold = seconds === undefined ? undefined : { seconds, under: under(found, seconds) };
  return { ...found, threshold, metrics, width: stdout.isTTY ? stdout.columns || 80 : undefined };
}

/** Something that ends too early is an answer, whatever else could not be read. */
export function statusExit({ threshold, problems }: Shown): number {
  if (threshold !== undefined && threshold.under.size > 0) return exitCodes.no;
  return problems.length > 0 ? exitCodes.input : exitCodes.fine;
}

function noTree(folder: string): AppError {
  return new AppError('TREE_EMPTY', `${folder} has no PKI yet`, {
    fault: 'input',
    hint: 'kubepki generate makes one; files of others are named: kubepki status /etc/kubernetes',
  });
}

function under({ certificates, now }: Status, seconds: number): ReadonlySet<Watched> {
  return new Set(certificates.filter((each) => isUnder(each, { now, seconds })));
}

function secondsOf(text: string): number {
  const parsed = parseDuration(text);
  if (parsed.ok) return parsed.value;
  throw usage('BAD_DURATION', `--fail-under ${JSON.stringify(text)}: ${parsed.message}`, parsed.hint);
}
