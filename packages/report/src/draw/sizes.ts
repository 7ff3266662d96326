import type { Box, Frame, Row } from '../model/drawing.ts';
import { shortened, visible, widthOf } from '../text/visible.ts';

/** Lengths of the drawing, in pixels at its natural size. */
export const lengths = { font: 13, row: 25, head: 31, foot: 7, pad: 12, badge: 17, frameHead: 56, least: 176 } as const;

/** So many characters of a name are shown; its tooltip has all. */
const most = { title: 30, row: 30, subtitle: 44 } as const;

export function titleText(box: Box): string {
  return shortened(box.title, most.title);
}

export function rowText(row: Row): string {
  return shortened(row.label, most.row);
}

/** What stands at the right of a row: a server's port, or that a client may do everything. */
export function markText({ port, masters }: Row): string {
  if (masters) return 'may do all';
  return port === undefined ? '' : `:${port}`;
}

export function frameTexts({ title, subtitle }: Frame): readonly [string, string] {
  return [shortened(title, most.title), shortened(visible(subtitle), most.subtitle)];
}

/** How large a box is for its texts. */
export function boxSize(box: Box): { readonly width: number; readonly height: number } {
  const { font, row, head, foot, pad, badge, least } = lengths;
  const rows = box.rows.map((its) => {
    const [mark, bold] = [markText(its), its.masters ? 1.1 : 1];
    return pad + badge + 8 + (widthOf(rowText(its), font) + (mark === '' ? 0 : 16 + widthOf(mark, font))) * bold + pad;
  });
  const title = pad + widthOf(titleText(box), font) * 1.08 + pad;
  return {
    width: Math.ceil(Math.max(least, title, ...rows)),
    height: head + row * box.rows.length + foot,
  };
}

/** The middle of a row, from the top of its box. */
export function rowMiddle(index: number): number {
  return lengths.head + lengths.row * index + lengths.row / 2;
}
