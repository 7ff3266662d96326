import { differences, PkiError, type Plan, template } from '@kubepki/core';
import { assemble, clusterFileSchema, readClusterFile } from '@kubepki/presets';
import type { OldPlace } from '../old/place.ts';
import { type Draft, fieldsOf } from './draft.ts';
import { draftFromPlaces } from './from-places.ts';
import { textOfDraft } from './text.ts';
import { type View, viewsOf } from './views.ts';

/** A cluster file, and what it means. */
export type ClusterText = { readonly text: string; readonly plan: Plan };

/**
 * Writes the cluster file that describes an old PKI. What can only be guessed has a comment that says so. An
 * authority that no profile makes is named as somebody else's, with its files.
 * @throws PkiError INIT_NODES, INIT_UNDESCRIBED where what was found makes no cluster file
 */
export function clusterTextOf(places: readonly OldPlace[]): ClusterText {
  const draft = draftFromPlaces(places);
  const text = textOfDraft(draft);
  const plan = planOf(text);
  const foreign = foreignAuthorities(plan, viewsOf(places));
  if (Object.keys(foreign).length === 0) return { text, plan };
  const value = { ...Object.fromEntries(singleAs(draft)), ...foreign };
  const why =
    'neither kubepki nor kubeadm makes authorities like these: they are taken as they are, and their files stay where they lie';
  const named = textOfDraft({ ...draft, fields: fieldsOf({ ...draft.fields, authorities: { value, why } }) });
  return { text: named, plan: planOf(named) };
}

/** What a text means. @throws PkiError INIT_UNDESCRIBED */
export function planOf(text: string): Plan {
  try {
    const { file, facts } = readClusterFile(text, { schema: clusterFileSchema });
    return assemble(file, facts).plan;
  } catch (error) {
    if (!(error instanceof PkiError)) throw error;
    const problems = error.problems.length > 0 ? error.problems : [{ where: 'cluster file', message: error.message }];
    throw new PkiError('INIT_UNDESCRIBED', 'what was found makes no cluster file', {
      problems,
      hint: 'kubepki init writes one to start from; write into it what is right',
    });
  }
}

/** With the authorities as a map, one for everything is the two others behind the first. */
function* singleAs({ fields }: Draft): Generator<readonly [string, string]> {
  if (fields.authorities?.value !== 'single') return;
  yield ['etcd/ca', 'ca'];
  yield ['front-proxy-ca', 'ca'];
}

function foreignAuthorities(
  plan: Plan,
  views: readonly View[],
): Readonly<Record<string, { certificate: string; key?: string }>> {
  const found = plan.specs.flatMap((spec) => {
    if (spec.kind !== 'authority') return [];
    const view = views.find((one) => one.certificate(spec.name) !== undefined);
    const seen = view?.certificate(spec.name);
    if (view === undefined || seen === undefined) return [];
    const differing = differences({ template: template(spec, plan), keys: spec.keys, existing: seen.certificate });
    if (differing.length === 0) return [];
    const certificate = view.file(spec.name, 'certificate');
    if (certificate === undefined) throw archived(spec.name, view);
    const key = views.flatMap((one) => one.file(spec.name, 'key') ?? [])[0];
    return [[spec.name, { certificate, ...(key === undefined ? {} : { key }) }] as const];
  });
  return Object.fromEntries(found);
}

function archived(name: string, { place }: View): PkiError {
  return new PkiError(
    'INIT_UNDESCRIBED',
    `${place.name}: neither kubepki nor kubeadm makes an authority like its ${name}`,
    {
      hint: 'the cluster file must name its files then: unpack the archive, and give the folder',
    },
  );
}
