import { credentialId, secondsLeft, stateOf } from '@kubepki/status';
import type { Shown } from '../commands/status.ts';
import type { Out } from './out.ts';
import { printable } from './printable.ts';
import { isOver, leftText, nameOf, type Row, remarksOf } from './status-rows.ts';
import { table } from './table.ts';
import { day } from './words.ts';

/** Columns without colours and bars, for whatever reads them. */
export function plainTable(rows: readonly Row[], shown: Shown): string {
  const head = ['ID', 'NODE', 'KIND', 'ISSUER', 'ENDS', 'LEFT', 'FINGERPRINT', 'REMARKS'];
  const lines = rows.map((row) => {
    const { node, kind, issuer, ends } = row.first;
    const end = ends.toISOString().replace('.000', '');
    const cells = [nameOf(row), node ?? '-', kind, issuer ?? '-', end, leftText(row.first, shown.now)];
    return [
      ...cells.map((cell) => printable(cell)),
      credentialId(row.first),
      printable(remarksOf(row, shown).join(', ')),
    ];
  });
  return table([head, ...lines]);
}

/** A line as it is drawn. */
type Drawn = { readonly id: string; readonly node: string; readonly issuer: string; readonly row: Row };
type Widths = { readonly id: number; readonly node: number; readonly issuer: number; readonly bar: number };

const bars = { widest: 20, narrowest: 8 } as const;
const narrowestId = 16;

/** A table with bars, as wide as the terminal and no wider where it has a sensible width. */
export function terminalTable(
  rows: readonly Row[],
  { shown, width, out, fingerprints }: Terminal & { readonly shown: Shown },
): readonly string[] {
  const drawn = rows.map((row): Drawn => {
    const { node = '', issuer = '' } = row.first;
    return { id: printable(nameOf(row)), node: printable(node), issuer: printable(issuer), row };
  });
  const widths = fit(drawn, { width, rest: longest(rows.map((row) => remarks(row, shown))) });
  return drawn.flatMap((each) => [
    line(each, { widths, shown, out }),
    ...(fingerprints ? [out.style('dim', `  ${credentialId(each.row.first)}`)] : []),
  ]);
}

type Terminal = { readonly width: number; readonly out: Out; readonly fingerprints: boolean };

/** What is left out where a line is too long: first of the bars, then the node, which most ids name, the issuer, the bars. */
function fit(drawn: readonly Drawn[], { width, rest }: { readonly width: number; readonly rest: number }): Widths {
  const whole = { id: longest(drawn.map(({ id }) => id)), node: longest(drawn.map(({ node }) => node)) };
  const issuer = longest(drawn.map((each) => each.issuer));
  // The end, what is left, and two blanks before each column.
  const fixed = 10 + 2 + 5 + 2 + rest;
  const total = ({ id, node, issuer: by, bar }: Widths) =>
    [id, node, by, bar].reduce((sum, column) => sum + (column === 0 ? 0 : column + 2), fixed);
  const ways: readonly Widths[] = [
    { ...whole, issuer, bar: bars.widest },
    { ...whole, issuer, bar: bars.narrowest },
    { ...whole, node: 0, issuer, bar: bars.narrowest },
    { ...whole, node: 0, issuer: 0, bar: bars.narrowest },
    { ...whole, node: 0, issuer: 0, bar: 0 },
  ];
  const way = ways.find((each) => total(each) <= width);
  if (way !== undefined) return way;
  const none = { id: 0, node: 0, issuer: 0, bar: 0 };
  return { ...none, id: Math.max(narrowestId, width - total(none) - 2) };
}

function line(
  { id, node, issuer, row }: Drawn,
  { widths, shown, out }: { readonly widths: Widths; readonly shown: Shown; readonly out: Out },
): string {
  const { first } = row;
  const state = stateOf(first, shown.now);
  const isBad = isOver(state) || shown.threshold?.under.has(first) === true;
  const cell = (text: string, columns: number) => (columns === 0 ? [] : [shortened(text, columns).padEnd(columns)]);
  const [name = ''] = cell(id, widths.id);
  const cells = [
    isOutstanding(row) ? out.style('bold', name) : name,
    ...cell(node, widths.node),
    ...cell(issuer, widths.issuer),
    day(first.ends),
    leftText(first, shown.now).padStart(5),
    ...(widths.bar === 0 ? [] : [barOf(row, { shown, columns: widths.bar })]),
    remarks(row, shown),
  ];
  const text = cells.join('  ').trimEnd();
  if (first.renews !== undefined) return out.style('dim', text);
  if (isBad) return out.style('red', text);
  return state === 'ends soon' ? out.style('yellow', text) : text;
}

/** How much of its life a certificate has left. */
function barOf({ first }: Row, { shown, columns }: { readonly shown: Shown; readonly columns: number }): string {
  const share = Math.min(1, Math.max(0, secondsLeft(first, shown.now) / first.life));
  const filled = Math.ceil(share * columns);
  return '█'.repeat(filled) + '░'.repeat(columns - filled);
}

/** Of a text that is too long the end, which tells files and ids apart. */
function shortened(text: string, columns: number): string {
  return text.length <= columns ? text : `…${text.slice(text.length - columns + 1)}`;
}

/** Who holds what no process does is told in words too, since bold alone says nothing. */
function remarks(row: Row, shown: Shown): string {
  const { kind } = row.first;
  const texts = [...(isOutstanding(row) ? [kind] : []), ...remarksOf(row, shown)];
  return printable(texts.join(', '));
}

function isOutstanding({ first: { kind } }: Row): boolean {
  return kind === 'authority' || kind === 'person';
}

function longest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, text.length), 0);
}
