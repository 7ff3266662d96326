import { formatVersion, type Plan, urlOf } from '@kubepki/core';
import { groupBy } from '../text/group.ts';
import { allSources, type Source, sourcesOf } from './authorities.ts';
import { type Credential, credentialsOf } from './credential.ts';
import type { Drawing } from './drawing.ts';
import { isMaster } from './frames.ts';
import type { ReportFinding, ReportInput } from './input.ts';
import { drawingOf } from './lines.ts';
import { type Power, powersOf } from './powers.ts';

/** Credentials that are alike: of one row of the drawing, or one authority or key pair. */
export type Kind = {
  /** The key of the row, or `s` and the number of the source. */
  readonly key: string;
  readonly name: string;
  /** Where they are: a kind of nodes, the people, or nothing for what is of no place. */
  readonly place: string;
  readonly credentials: readonly Credential[];
  /** The earliest and the latest end; undefined where none ends, or nobody knows. */
  readonly ends: { readonly first: Date; readonly last: Date } | undefined;
  readonly powers: readonly Power[];
  readonly masters: boolean;
};

/** A plan or a generation, as pages and pictures show it. It is plain data and holds no secret. */
export type Report = {
  readonly cluster: string;
  readonly version: string;
  readonly profile: string;
  readonly endpoint: string;
  readonly nodes: number;
  /** The generation that it is of; undefined: nothing is made, and instants are those of what would be made now. */
  readonly generation: number | undefined;
  readonly now: Date;
  readonly drawing: Drawing;
  readonly sources: readonly Source[];
  /** The sources first, then row by row. */
  readonly kinds: readonly Kind[];
  readonly credentials: readonly Credential[];
  readonly findings: readonly ReportFinding[];
  readonly checked: readonly string[];
};

/** Makes a report of a plan, and of what was made of it where that is given. Pure: equal input, equal report. */
export function reportOf(input: ReportInput): Report {
  const { plan, made, now, findings = [], checked = [] } = input;
  const { cluster } = plan;
  const credentials = credentialsOf(input);
  const drawing = drawingOf(plan);
  const sources = sourcesOf(plan, credentials);
  const { host, port = 6443 } = cluster.endpoint;
  return {
    cluster: cluster.name,
    version: formatVersion(cluster.version),
    profile: plan.profile,
    endpoint: urlOf({ host, port }),
    nodes: cluster.nodes.length,
    generation: made?.generation,
    now,
    drawing,
    sources,
    kinds: [...sourceKinds(plan, sources), ...rowKinds(plan, { drawing, credentials })],
    credentials,
    findings: [...findings].sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning')),
    checked,
  };
}

function sourceKinds(plan: Plan, sources: readonly Source[]): readonly Kind[] {
  return allSources(sources)
    .toSorted((a, b) => a.number - b.number)
    .map(({ credential, spec, number }) =>
      kindOf(plan, { key: `s${number}`, name: spec.name, place: '', its: [credential] }),
    );
}

function rowKinds(plan: Plan, { drawing, credentials }: Pick<Report, 'drawing' | 'credentials'>): readonly Kind[] {
  const byId = new Map(credentials.map((credential) => [credential.id, credential]));
  return drawing.frames.flatMap((frame) =>
    frame.boxes.flatMap(({ rows }) =>
      rows.map(({ key, label, ids }) => {
        const its = ids.flatMap((id) => byId.get(id) ?? []);
        return kindOf(plan, { key, name: label, place: frame.title, its });
      }),
    ),
  );
}

function kindOf(
  plan: Plan,
  { its, ...named }: Pick<Kind, 'key' | 'name' | 'place'> & { readonly its: readonly Credential[] },
): Kind {
  const ends = its.flatMap((each) => each.ends ?? []).sort((a, b) => a.getTime() - b.getTime());
  const [first, last] = [ends[0], ends.at(-1)];
  return {
    ...named,
    credentials: its,
    ends: first === undefined || last === undefined ? undefined : { first, last },
    powers: commonPowers(plan, its),
    masters: its.some(({ spec }) => isMaster(spec)),
  };
}

/** What can be done with any of them; what differs from node to node alone is told of the first. */
function commonPowers(plan: Plan, its: readonly Credential[]): readonly Power[] {
  const [first] = its;
  if (first === undefined) return [];
  const differing = groupBy(its, ({ spec }) =>
    spec.kind === 'leaf' && spec.person ? JSON.stringify([spec.organizations, spec.bindings]) : '',
  );
  const powers = [...differing.values()].flatMap((same) => (same[0] ? powersOf(plan, same[0].spec) : []));
  return [...new Map(powers.map((power) => [power.text, power])).values()];
}
