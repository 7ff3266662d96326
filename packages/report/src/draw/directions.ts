import type { Drawing, Line } from '../model/drawing.ts';

/** A line between two boxes, or between one and the endpoint. */
export type Edge = {
  readonly key: string;
  /** The lines that it shows: one, or all that go on from the endpoint. */
  readonly lines: readonly Line[];
  /** Keys of rows, or of the endpoint. */
  readonly from: string;
  readonly to: string;
  /** It is drawn from right to left, as it leads back to who calls. */
  readonly back: boolean;
};

type Draft = Omit<Edge, 'back'>;

/** The edges to draw. Those within a box are not among them. */
export function edgesOf(drawing: Drawing): readonly Edge[] {
  const drafts = draftsOf(drawing);
  const ends = drafts.map(({ from, to }) => [boxKey(from), boxKey(to)] as const);
  const callers = new Map<string, Set<string>>();
  for (const [from, to] of ends) callers.set(to, (callers.get(to) ?? new Set()).add(from));
  const weight = (key: string) => (key === drawing.endpoint?.key ? -1 : (callers.get(key)?.size ?? 0));
  return drafts.map((draft, index) => {
    const [from = '', to = ''] = ends[index] ?? [];
    const isThere = from === drawing.endpoint?.key || to === drawing.endpoint?.key;
    return { ...draft, back: !isThere && weight(to) < weight(from) && leads(to, { to: from, ends }) };
  });
}

function draftsOf({ lines, endpoint }: Drawing): readonly Draft[] {
  const direct: Draft[] = [];
  const onward = new Map<string, Line[]>();
  for (const line of lines) {
    const { from, to, at } = line;
    if (boxKey(from) === boxKey(to)) continue;
    if (endpoint === undefined || at !== 'endpoint') {
      direct.push({ key: `l${direct.length}`, lines: [line], from, to });
      continue;
    }
    direct.push({ key: `l${direct.length}`, lines: [line], from, to: endpoint.key });
    onward.set(to, [...(onward.get(to) ?? []), line]);
  }
  // Several kinds of connections between the same two rows are one line.
  const merged = new Map<string, Draft>();
  for (const draft of direct) {
    const key = `${draft.from} ${draft.to}`;
    const known = merged.get(key);
    merged.set(key, known === undefined ? draft : { ...known, lines: [...known.lines, ...draft.lines] });
  }
  const on = [...onward].map(([to, all], index) => ({ key: `o${index}`, lines: all, from: endpoint?.key ?? '', to }));
  return [...merged.values(), ...on];
}

/** The box of a row: the keys of rows begin with it. */
export function boxKey(key: string): string {
  return key.replace(/r\d+$/, '');
}

/** Whether one leads to another along any edges. */
function leads(
  start: string,
  { to, ends }: { readonly to: string; readonly ends: readonly (readonly [string, string])[] },
): boolean {
  const seen = new Set([start]);
  for (const at of seen) {
    if (at === to) return true;
    for (const [from, next] of ends) if (from === at) seen.add(next);
  }
  return false;
}
