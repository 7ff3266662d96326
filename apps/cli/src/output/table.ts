import { stripVTControlCharacters } from 'node:util';

/** Rows as lines with aligned columns, two blanks between them. */
export function table(rows: readonly (readonly string[])[], indent = ''): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, width(cell));
  }
  return rows
    .map((row) => {
      const cells = row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell)));
      return `${indent}${cells.join('  ')}`.trimEnd();
    })
    .join('\n');
}

function width(text: string): number {
  return stripVTControlCharacters(text).length;
}
