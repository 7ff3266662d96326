import { type Change, sourceChanges } from './changes/changes.ts';
import { fileWatch } from './emit/check-files.ts';
import { finder } from './emit/emit.ts';
import type { Entry, Holding } from './emit/file.ts';
import { holdingEntry } from './emit/holding.ts';
import { parts } from './emit/parts.ts';
import { type PlannedFile, partFiles } from './emit/plan-files.ts';
import { fileStays } from './emit/stays.ts';
import { PkiError } from './error.ts';
import { isSamePlan } from './plan/same-plan.ts';
import { templatesHash } from './sign/templates-hash.ts';
import type { Survey, SurveyInput } from './survey-input.ts';

/**
 * What a survey finds where there is nothing to do, known without reading a leaf: the run that wrote the generation
 * had this plan and understood it as this version does, nobody changed a file since, every file that is planned is
 * there, and authorities and key pairs are the same. Undefined where that cannot be said; then all is to be compared.
 * Expects that what somebody changed was refused or taken out of the output before.
 */
export async function asPlanned(input: SurveyInput & { readonly now: Date }): Promise<Survey | undefined> {
  const { plan, emitters, layout, output, existing, apart = false } = input;
  const same = output.templates !== undefined && existing.generation === output.generation;
  if (!same || input.renewal !== undefined || !isSamePlan(plan, output.plan)) return undefined;
  if (output.templates !== templatesHash(plan) || !holdsAllLeaves(input)) return undefined;
  const sources = await keptSources(input);
  if (sources === undefined) return undefined;
  const watch = fileWatch({ plan, emitters, layout });
  const stays = stayingBy({ sources, apart, output });
  let count = 0;
  for (const part of parts(plan)) {
    for (const planned of partFiles(part, { plan, emitters, layout })) {
      if (!watch.see(planned)) continue;
      if (!stays(planned)) return undefined;
      count += 1;
    }
  }
  watch.refuse();
  if (count !== output.entries.size + output.links.size) return undefined;
  const keeps = plan.specs.filter(({ kind }) => kind !== 'elsewhere').length;
  const nothing = { makes: [], writes: [], drops: [] };
  return { first: false, ...nothing, keeps, stays: count, samePlan: true, idle: true };
}

/** Whether certificate and key of every leaf are held by files that can be read back, as the manifest has it. */
function holdsAllLeaves({ plan, emitters, output }: SurveyInput): boolean {
  const readers = new Set(emitters.flatMap(({ name, read }) => (read === undefined ? [] : [name])));
  const held = { certificate: new Set<string>(), key: new Set<string>(), public: new Set<string>() };
  for (const { emitter, holds } of output.entries.values()) {
    if (!readers.has(emitter)) continue;
    for (const { id, part } of holds) held[part].add(id);
  }
  return plan.specs.every(({ kind, id }) => kind !== 'leaf' || (held.certificate.has(id) && held.key.has(id)));
}

/** Authorities and key pairs by id, where all are kept; what is wrong with one is for the whole survey to tell. */
async function keptSources({
  plan,
  existing,
  now,
}: SurveyInput & { readonly now: Date }): Promise<ReadonlyMap<string, Change> | undefined> {
  try {
    const sources = await sourceChanges(plan, { existing, now });
    if (sources.some(({ kept }) => kept === undefined)) return undefined;
    return new Map(sources.map((change) => [change.spec.id, change]));
  } catch (error) {
    if (error instanceof PkiError) return undefined;
    throw error;
  }
}

function stayingBy({
  sources,
  apart,
  output,
}: Pick<SurveyInput, 'output'> & { readonly sources: ReadonlyMap<string, Change>; readonly apart: boolean }) {
  const find = finder(new Map(), sources);
  return (planned: PlannedFile): boolean => {
    if (planned.link || planned.file.holds.every(({ id }) => sources.has(id))) {
      return fileStays(planned, { find, apart, output });
    }
    const { file, fields } = planned;
    const entry = output.entries.get(file.path);
    if (entry === undefined || entry.fields !== fields || entry.apart || !output.has(file.path)) return false;
    return file.holds.every((holding, index) =>
      isSame(entry.holds[index], { holding, source: sources.get(holding.id) }),
    );
  };
}

/** A leaf is as the manifest says, since its file is; an authority may have come from elsewhere. */
function isSame(
  held: Entry['holds'][number] | undefined,
  { holding, source }: { readonly holding: Holding; readonly source: Change | undefined },
): boolean {
  if (held === undefined) return false;
  return source?.kept === undefined || holdingEntry(source.kept, holding).fingerprint === held.fingerprint;
}
