import type { Cell, Summary } from './summary.ts';

/** A letter for each cell. */
export const marks: Readonly<Record<Cell, string>> = {
  needed: '✓',
  possible: '○',
  refused: '·',
  wrong: '✗',
  untried: '-',
};

/** The table of a summary as lines: clients, then probes, by servers, whose names stand below. */
export function connectionTable({ servers, rows }: Pick<Summary, 'servers' | 'rows'>): readonly string[] {
  const width = Math.max(0, ...rows.map(({ client }) => client.length));
  const letters = servers.map((_, index) => letterOf(index));
  const wide = Math.max(1, ...letters.map((letter) => letter.length));
  const line = (head: string, cells: readonly string[]) =>
    [head.padEnd(width), ...cells.map((cell) => cell.padStart(wide))].join(' ').trimEnd();
  return [
    line('', letters),
    ...rows.map(({ client, cells }) =>
      line(
        client,
        servers.map((server) => (cells[server] ? marks[cells[server]] : ' ')),
      ),
    ),
    ...servers.map((server, index) => `${(letters[index] ?? '').padStart(wide)} ${server}`),
  ];
}

/** a to z, then aa and so on. */
function letterOf(index: number): string {
  const last = String.fromCharCode(97 + (index % 26));
  return index < 26 ? last : `${letterOf(Math.floor(index / 26) - 1)}${last}`;
}
