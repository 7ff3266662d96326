import type { Box, Row } from '../model/drawing.ts';
import type { Kind } from '../model/report.ts';
import { type Markup, markup } from '../text/markup.ts';
import { visible } from '../text/visible.ts';
import { day } from '../text/words.ts';
import type { Placed } from './layout.ts';
import { colourClass } from './palette.ts';
import { round } from './path.ts';
import { lengths, markText, rowText, titleText } from './sizes.ts';

type Known = {
  readonly numbers: ReadonlyMap<string, number>;
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly linked: boolean;
  readonly now: Date;
};

/** A box with a line for each credential of whom it is of. */
export function boxMarkup({ box, area }: Placed['boxes'][number], known: Known): Markup {
  const { x, y, width, height } = area;
  const rows = box.rows.map((row, index) => {
    const top = y + lengths.head + index * lengths.row;
    return rowMarkup(row, { box, known, x, top, width });
  });
  return markup`<g class="box"><rect class="card" x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="7"/><text class="title" x="${round(x + lengths.pad)}" y="${round(y + 20)}">${titleText(box)}</text><path class="rule" d="M${round(x)} ${round(y + lengths.head - 2)}h${round(width)}"/>${rows}</g>`;
}

type Place = {
  readonly box: Box;
  readonly known: Known;
  readonly x: number;
  readonly top: number;
  readonly width: number;
};

function rowMarkup(row: Row, { box, known, x, top, width }: Place): Markup {
  const { numbers, kinds, linked } = known;
  const number = row.authority === undefined ? undefined : numbers.get(row.authority);
  const name = nameOf(row, { box, number, kind: kinds.get(row.key) });
  const { pad, badge, row: height } = lengths;
  const [left, middle] = [x + pad, top + height / 2];
  const mark = markText(row);
  const content = markup`<rect class="hit" x="${round(x + 3)}" y="${round(top)}" width="${round(width - 6)}" height="${height}" rx="4"/><rect class="badge" x="${round(left)}" y="${round(middle - badge / 2)}" width="${badge}" height="${badge}" rx="4"/><text class="number" text-anchor="middle" x="${round(left + badge / 2)}" y="${round(middle + 4)}">${number ?? '?'}</text> <text class="label" x="${round(left + badge + 8)}" y="${round(middle + 4.5)}">${rowText(row)}</text>${mark !== '' && markup` <text class="mark" text-anchor="end" x="${round(x + width - pad)}" y="${round(middle + 4.5)}">${mark}</text>`}`;
  const classes = `row ${colourClass(number)}${row.masters ? ' masters' : ''}`;
  if (linked && row.ids.length > 0) {
    return markup`<a class="${classes}" href="#k-${row.key}" data-row="${row.key}" aria-label="${name}">${content}</a>`;
  }
  return markup`<g class="${classes}"><title>${name}</title>${content}</g>`;
}

type Named = { readonly box: Box; readonly number: number | undefined; readonly kind: Kind | undefined };

/** A row in words, for those who do not see it. It begins with what stands there, by which those who speak to a browser name it. */
function nameOf(row: Row, { box, number, kind }: Named): string {
  const mark = markText(row);
  const shown = `${number ?? '?'} ${rowText(row)}${mark === '' ? '' : ` ${mark}`}`;
  const by = row.authority === undefined ? 'nobody can check it' : `signed by ${visible(row.authority)}`;
  const until = kind?.ends === undefined ? '' : `, until ${day(kind.ends.first)}`;
  return `${shown}: ${visible(row.label)} of ${visible(box.title)}, ${by}${until}`;
}
