import type { Output, Spec, Survey } from '@kubepki/core';
import { type Book, type Kind, kindOf } from './book.ts';
import type { LoadedCluster } from './cluster.ts';

/** What becomes of the process or the person that has a certificate which is made again. */
export type Effect =
  | { readonly who: 'process'; readonly process: string; readonly how: 'restart' | 'rereads' }
  | { readonly who: 'person'; readonly file: string }
  | { readonly who: 'nobody' };

/** A credential that would be made, made again, or left out. */
export type Difference = {
  readonly mark: '+' | '~' | '-';
  readonly id: string;
  readonly name: string;
  readonly kind: Kind | undefined;
  readonly reasons: readonly string[];
  readonly effect: Effect;
  /** For what is left out: until when its certificate stays valid. */
  readonly until?: Date;
};

/** What a run would make and leave out, in plan order. */
export function differencesOf(input: {
  readonly cluster: LoadedCluster;
  readonly survey: Survey;
  readonly output: Output;
  /** What is known of what the output folder has. */
  readonly book: Pick<Book, 'notes'>;
}): readonly Difference[] {
  const { cluster, survey, output, book } = input;
  const specs = new Map(cluster.plan.specs.map((spec) => [spec.id, spec]));
  const before = new Map((output.plan?.specs ?? []).map((spec) => [spec.id, spec]));
  const made = survey.makes.flatMap(({ id, reasons }): readonly Difference[] => {
    const spec = specs.get(id);
    if (spec === undefined) return [];
    const known = before.has(id);
    const effect = known ? effectOn(spec, cluster) : ({ who: 'nobody' } as const);
    return [{ mark: known ? '~' : '+', ...named(spec), reasons, effect }];
  });
  const gone = [...before.values()].filter(({ id, kind }) => kind !== 'elsewhere' && !specs.has(id));
  return [
    ...made,
    ...gone.map((spec): Difference => {
      const until = book.notes.get(spec.id)?.notAfter;
      return {
        mark: '-',
        ...named(spec),
        reasons: [],
        effect: { who: 'nobody' },
        ...(until === undefined ? {} : { until }),
      };
    }),
  ];
}

function named(spec: Spec): Pick<Difference, 'id' | 'name' | 'kind'> {
  return { id: spec.id, name: spec.name, kind: kindOf(spec) };
}

function effectOn(spec: Spec, { plan, layout }: LoadedCluster): Effect {
  if (spec.kind !== 'leaf') return { who: 'nobody' };
  const kubeconfig = spec.kubeconfig === undefined ? undefined : layout.path({ spec, part: 'kubeconfig' }, plan);
  if (spec.person && kubeconfig !== undefined) return { who: 'person', file: kubeconfig };
  if (spec.process === undefined) return { who: 'nobody' };
  // A kubeconfig with its credentials inside is read once, at the start.
  const inside = spec.kubeconfig?.credentials === 'embedded';
  return { who: 'process', process: spec.process, how: inside ? 'restart' : spec.reload };
}
