import { asPlanned } from './as-planned.ts';
import { type Change, changes } from './changes/changes.ts';
import { keyWatch } from './changes/waiting.ts';
import { checkFiles, fileWatch } from './emit/check-files.ts';
import { refuseEdits } from './emit/edits.ts';
import { finder } from './emit/emit.ts';
import type { Part } from './emit/file.ts';
import { parts } from './emit/parts.ts';
import { partFiles } from './emit/plan-files.ts';
import { fileStays } from './emit/stays.ts';
import { PkiError } from './error.ts';
import type { Plan } from './plan/plan.ts';
import { isSamePlan } from './plan/same-plan.ts';
import type { Survey, SurveyInput } from './survey-input.ts';

/**
 * Compares a plan with what is there and writes nothing. After a run all that was planned is there: nothing is left to do.
 * @throws PkiError for all that would stop a run: AUTHORITY_KEY_MISSING with everything that waits,
 * FILES_CHANGED with every file that somebody changed, OTHER_CLUSTER where the folder is another's
 */
export async function survey(input: SurveyInput): Promise<Survey> {
  const { plan, emitters, layout, existing, output, now = new Date(), apart = false, renewal, edits } = input;
  refuseOtherCluster(output, plan);
  refuseEdits(output, edits);
  const known = await asPlanned({ ...input, now });
  if (known !== undefined) return known;
  const files = { plan, emitters, layout };
  const watch = fileWatch(files);
  const source = changes(plan, { existing, now, renewal });
  const waiting = keyWatch(plan);
  const makes: { readonly id: string; readonly reasons: readonly string[] }[] = [];
  let keeps = 0;
  const writes: string[] = [];
  let stays = 0;
  const shared = new Map<string, Change>();
  try {
    for (const part of parts(plan)) {
      const own = part.node === undefined ? shared : new Map<string, Change>();
      for await (const change of take(source, part)) {
        waiting.see(change);
        own.set(change.spec.id, change);
        if (change.reasons === undefined) keeps += 1;
        else makes.push({ id: change.spec.id, reasons: change.reasons });
      }
      const find = finder(own, shared);
      for (const planned of partFiles(part, files)) {
        if (!watch.see(planned)) continue;
        if (fileStays(planned, { find, apart, output })) stays += 1;
        else writes.push(planned.file.path);
      }
    }
    watch.refuse();
    waiting.refuse();
  } catch (error) {
    // A wrong path is told before anything else.
    checkFiles(files);
    throw error;
  }
  const drops = [...output.entries.keys(), ...output.links.keys()].filter((path) => !watch.has(path));
  const samePlan = isSamePlan(plan, output.plan);
  const idle = makes.length + writes.length + drops.length === 0 && samePlan;
  const first = output.generation === 0;
  return { first, makes, keeps, writes, stays, drops, samePlan, idle };
}

function refuseOtherCluster({ cluster, folder }: SurveyInput['output'], plan: Plan): void {
  const { name } = plan.cluster;
  if (cluster === undefined || cluster === name) return;
  throw new PkiError('OTHER_CLUSTER', `${folder} is of the cluster ${cluster}, and the cluster file says ${name}`, {
    hint: `set \`name: ${cluster}\` in the cluster file, or give another folder`,
  });
}

async function* take(source: AsyncGenerator<Change>, part: Part): AsyncGenerator<Change> {
  for (const spec of part.specs) {
    if (spec.kind === 'elsewhere') continue;
    const { value, done } = await source.next();
    if (done) throw new Error(`no change for ${spec.id}`);
    yield value;
  }
}
