import { openOutput, PkiError, type RolledBack, rollBack, type TreeView } from '@kubepki/core';
import { usage } from '../failure.ts';
import { credentialsOf, type Difference, differenceOf } from '../history/credentials.ts';
import type { InPlace } from '../in-place.ts';
import type { Args } from '../options.ts';
import type { Session } from '../session.ts';
import { quote, shown } from '../shell.ts';

/** What is current again, and what that means. */
export type RolledBackTo = {
  readonly cluster: string;
  readonly folder: string;
  /** 0: nothing that kubepki made was current. */
  readonly from: number;
  readonly to: number;
  /** When the generation was made, in ISO 8601. */
  readonly made?: string;
  /** Against the one that was current; missing where that cannot be read. */
  readonly changes?: Difference;
  /** What of it has ended. */
  readonly ended: readonly string[];
  /** The authorities and key pairs that are not those that were current. */
  readonly authorities: readonly string[];
  /** What was put at fixed names, where that was asked for. */
  readonly inPlace?: InPlace;
};

/** Makes a generation that is kept current again. @throws PkiError; then nothing was changed */
export async function rollback(args: Args, session: Session): Promise<RolledBackTo> {
  const generation = numberOf(args.words[0]);
  const { output: folder, inPlace: target } = args;
  const place = target === undefined ? undefined : (await import('../in-place.ts')).openInPlace(target, args);
  try {
    // Where a run ended before its files were in place, the next one has only these to put there.
    const rolled = rollBack({ folder, generation, current: place === undefined ? 'refused' : 'fine' });
    const put = () => place?.put(openOutput({ folder, write: false }));
    const inPlace = told(`rollback ${rolled.to} --in-place ${quote(target ?? '')}`, { rolled, put });
    return { ...meaningOf(rolled, { args, session }), ...(inPlace === undefined ? {} : { inPlace }) };
  } finally {
    place?.close();
  }
}

/** What fails after the commit does not take that back. */
function told<T>(again: string, { rolled, put }: { readonly rolled: RolledBack; readonly put: () => T }): T {
  try {
    return put();
  } catch (error) {
    if (!(error instanceof PkiError)) throw error;
    const { code, message, fault, hint, problems } = error;
    throw new PkiError(code, `generation ${rolled.to} is current again, but ${message}`, {
      fault,
      hint: [hint, `kubepki ${again}`].filter((each) => each !== undefined).join(', then: '),
      problems,
      cause: error,
    });
  }
}

function meaningOf(
  { from, to, before, now }: RolledBack,
  { args, session }: { readonly args: Args; readonly session: Session },
): RolledBackTo {
  const credentials = credentialsOf(now.view);
  const changes = before && differenceOf(credentialsOf(before.view), credentials);
  const instant = session.now();
  const ended = [...credentials].filter(([, { notAfter }]) => notAfter !== undefined && notAfter < instant);
  const sources = new Set([...sourcesOf(now.view), ...(before ? sourcesOf(before.view) : [])]);
  const differ = changes === undefined ? [] : [...changes.made, ...changes.remade, ...changes.dropped];
  return {
    cluster: now.view.plan?.cluster.name ?? '',
    folder: shown(args.output),
    from,
    to,
    ...(now.made === undefined ? {} : { made: now.made }),
    ...(changes === undefined ? {} : { changes }),
    ended: ended.map(([id]) => id),
    authorities: differ.filter((id) => sources.has(id)),
  };
}

function numberOf(word: string | undefined): number | undefined {
  if (word === undefined) return undefined;
  if (/^0*[1-9]\d{0,8}$/.test(word)) return Number(word);
  throw usage('BAD_NUMBER', `${JSON.stringify(word)} is no number of a generation`, 'kubepki log lists them');
}

function sourcesOf({ plan }: TreeView): readonly string[] {
  return plan?.specs.flatMap(({ id, kind }) => (kind === 'authority' || kind === 'keypair' ? [id] : [])) ?? [];
}
