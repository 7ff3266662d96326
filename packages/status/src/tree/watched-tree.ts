import {
  type AuthoritySpec,
  authorityOf,
  type LeafSpec,
  nodeOf,
  type Plan,
  type TreeView,
  template,
} from '@kubepki/core';
import type { Kind, Watched } from '../watched.ts';

type Spec = AuthoritySpec | LeafSpec;

/**
 * The certificates of a generation, as its plan and its manifest tell of them. No file is read, so neither is a key;
 * what somebody changed by hand since is not seen.
 */
export function watchedTree({
  plan,
  entries,
  folder,
}: {
  readonly plan: Plan;
  readonly entries: TreeView['entries'];
  /** The output folder, as each certificate is to name it. */
  readonly folder: string;
}): readonly Watched[] {
  const noted = notedIn(entries);
  const made = new Map<string, Watched>();
  return plan.specs.flatMap((spec) => {
    const note = noted.get(spec.id);
    if (note === undefined || (spec.kind !== 'leaf' && spec.kind !== 'authority')) return [];
    // An authority comes before what it signs.
    const above = made.get(authorityOf(plan, spec)?.id ?? '');
    const watched = watchedOf(spec, { plan, folder, note, above });
    if (spec.kind === 'authority') made.set(spec.id, watched);
    return [watched];
  });
}

/** What the manifest says of a certificate, and the files that hold it. */
type Note = {
  readonly fingerprint: string;
  readonly serial?: string;
  readonly notAfter: Date;
  readonly files: string[];
};

function notedIn(entries: TreeView['entries']): ReadonlyMap<string, Note> {
  const noted = new Map<string, Note>();
  for (const { path, holds } of entries.values()) {
    for (const { id, part, fingerprint, serial, notAfter } of holds) {
      if (part !== 'certificate' || notAfter === undefined) continue;
      const known = noted.get(id);
      if (known !== undefined) known.files.push(path);
      else {
        const own = { fingerprint, notAfter: new Date(notAfter), files: [path] };
        noted.set(id, serial === undefined ? own : { ...own, serial });
      }
    }
  }
  return noted;
}

function watchedOf(
  spec: Spec,
  {
    plan,
    folder,
    note,
    above,
  }: {
    readonly plan: Plan;
    readonly folder: string;
    readonly note: Note;
    readonly above: Watched | undefined;
  },
): Watched {
  const { notAfter, fingerprint, serial, files } = note;
  const begins = beginsOf(spec, { plan, notAfter, above });
  const earlier = above !== undefined && above.ends < notAfter ? above : undefined;
  return {
    id: spec.id,
    kind: kindOf(spec),
    group: spec.name,
    node: nodeOf(spec),
    issuer: issuerOf(spec, above),
    begins,
    notAfter,
    ends: earlier?.ends ?? notAfter,
    endsWith: earlier?.endsWith ?? earlier?.id,
    life: begins === undefined ? spec.validity : (notAfter.getTime() - begins.getTime()) / 1000,
    renews: spec.kind === 'leaf' ? spec.renews : undefined,
    serial,
    fingerprint,
    tree: folder,
    files,
  };
}

/** Who stands above an authority that somebody else made is not in the plan. */
function issuerOf(spec: Spec, above: Watched | undefined): string | undefined {
  if (spec.kind === 'authority' && spec.given !== false) return undefined;
  return above?.id ?? (spec.kind === 'authority' && spec.issuer === undefined ? spec.id : undefined);
}

function kindOf(spec: Spec): Kind {
  if (spec.kind === 'authority') return 'authority';
  if (spec.person) return 'person';
  return spec.usages.includes('server') ? 'server' : 'client';
}

/** Where a life began, by its end and the plan, since the manifest does not note it. */
function beginsOf(
  spec: Spec,
  { plan, notAfter, above }: { readonly plan: Plan; readonly notAfter: Date; readonly above: Watched | undefined },
): Date | undefined {
  if (spec.kind === 'authority' && spec.given !== false) return undefined;
  const { validity, from, backdate, counts, cut } = template(spec, plan).life;
  if (from === 'issuer') return above?.begins;
  // What ends with its authority may have been cut to that.
  if (cut && above !== undefined && notAfter >= above.notAfter) return undefined;
  const whole = counts === 'life' ? validity - 1 : validity + backdate;
  return new Date(notAfter.getTime() - whole * 1000);
}
