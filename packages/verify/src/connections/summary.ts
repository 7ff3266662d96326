import type { Problem } from '@kubepki/core';
import { nameIn } from './names.ts';
import type { Result } from './try.ts';

/** What a cell says: the worst of its attempts, or the most that was possible in it; `untried` where nothing was. */
export type Cell = 'wrong' | 'needed' | 'possible' | 'refused' | 'untried';

/** One thing that is wrong, and in how many attempts it showed. */
export type Counted = Problem & { readonly attempts: number };

/** What came of all attempts. */
export type Summary = {
  /** Clients and probes by servers, both by name; no cell where nothing was tried. */
  readonly servers: readonly string[];
  readonly rows: readonly {
    readonly client: string;
    readonly probe: boolean;
    readonly cells: Readonly<Record<string, Cell>>;
  }[];
  /** Attempts by what they were to be, and how many of them were otherwise, or could not be tried. */
  readonly counts: Readonly<Record<'needed' | 'possible' | 'refused' | 'wrong' | 'untried' | 'elsewhere', number>>;
  readonly wrong: readonly Counted[];
  readonly untried: readonly Counted[];
};

const order: readonly Cell[] = ['wrong', 'needed', 'possible', 'refused', 'untried'];

/** Folds results into a table by names, counts, and the list of what is not as planned; each fault once. */
export async function summarize(results: AsyncIterable<Result> | Iterable<Result>): Promise<Summary> {
  const counts = { needed: 0, possible: 0, refused: 0, wrong: 0, untried: 0, elsewhere: 0 };
  const rows = new Map<string, { client: string; probe: boolean; cells: Record<string, Cell> }>();
  const servers = new Set<string>();
  const wrong = new Map<string, Counted>();
  const untried = new Map<string, Counted>();
  for await (const result of results) {
    const { attempt, outcome } = result;
    const { probe, state } = attempt;
    const client = probe ? attempt.client : nameIn(attempt.client);
    const server = nameIn(attempt.server);
    if (outcome === 'planned') counts[state] += 1;
    else counts[outcome] += 1;
    if (outcome === 'wrong') count(wrong, result.problem);
    if (outcome === 'untried') count(untried, result.problem);
    const row = rows.get(`${probe} ${client}`) ?? { client, probe, cells: {} };
    rows.set(`${probe} ${client}`, row);
    servers.add(server);
    const cell = outcome === 'planned' ? state : outcome === 'wrong' ? outcome : 'untried';
    row.cells[server] = worse(row.cells[server], cell);
  }
  return {
    servers: [...servers],
    rows: [...rows.values()],
    counts,
    wrong: [...wrong.values()],
    untried: [...untried.values()],
  };
}

function worse(one: Cell | undefined, other: Cell): Cell {
  return one !== undefined && order.indexOf(one) < order.indexOf(other) ? one : other;
}

function count(counted: Map<string, Counted>, problem: Problem): void {
  const key = `${problem.where} ${problem.message}`;
  const known = counted.get(key);
  counted.set(key, { ...(known ?? problem), attempts: (known?.attempts ?? 0) + 1 });
}
