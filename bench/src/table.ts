import type { Run } from './measure.ts';

/** What was measured, beside its rival in the same run. */
export type Row = Run & {
  readonly what: string;
  readonly rival?: Run & { readonly name: string };
  /** The least and the largest ratio, where both ran in turns. */
  readonly spread?: readonly [number, number];
};

/** The rows as a table for a terminal: seconds, memory, the rival's seconds, and the ratio of the two. */
export function table(rows: readonly Row[]): string {
  const lines = [
    ['what', 'seconds', 'MiB', 'rival', 'its seconds', 'ratio', 'min to max'],
    ...rows.map(({ what, seconds, mebibytes, rival, spread }) => [
      what,
      seconds.toFixed(2),
      mebibytes?.toFixed(0) ?? '-',
      rival?.name ?? '-',
      rival?.seconds.toFixed(2) ?? '-',
      rival ? (seconds / rival.seconds).toFixed(2) : '-',
      spread?.map((ratio) => ratio.toFixed(2)).join(' to ') ?? '-',
    ]),
  ];
  const widths = lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  const row = (line: readonly string[]) =>
    line
      .map((cell, column) =>
        column === 0 || column === 3 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ');
  return `${lines.map(row).join('\n')}\n`;
}
