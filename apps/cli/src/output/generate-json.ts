import { joinHashes, kindOf, tokenKeys } from '../book.ts';
import type { Generated } from '../commands/generate.ts';
import { extentJson } from './verified.ts';

/** The result of a run as one JSON document. */
export function generatedJson(generated: Generated) {
  const { plan, folder, generation, dryRun, survey, book, verified, discarded, upkeep, care, next } = generated;
  const kinds = new Map(plan.specs.map((spec) => [spec.id, kindOf(spec)]));
  return {
    cluster: plan.cluster.name,
    output: folder,
    generation,
    dryRun,
    changed: !dryRun && !survey.idle,
    made: survey.makes.map(({ id, reasons }) => {
      const note = dryRun ? undefined : book.notes.get(id);
      return {
        id,
        kind: kinds.get(id),
        reasons,
        ...(note?.serial === undefined ? {} : { serial: note.serial }),
        ...(note?.notAfter === undefined ? {} : { notAfter: note.notAfter.toISOString() }),
        ...(note?.cut ? { cut: true } : {}),
      };
    }),
    kept: survey.keeps,
    files: { written: survey.writes, kept: survey.stays, dropped: survey.drops },
    discarded,
    verified: verified === undefined ? null : extentJson(verified),
    joinHashes: joinHashes(plan, book),
    tokenKeys: tokenKeys(plan, book),
    removedGenerations: upkeep.removed,
    inPlace: upkeep.inPlace ?? null,
    care,
    next,
  };
}
