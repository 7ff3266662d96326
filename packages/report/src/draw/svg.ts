import { allSources } from '../model/authorities.ts';
import type { Line, Row } from '../model/drawing.ts';
import type { Report } from '../model/report.ts';
import { type Markup, markup, trusted } from '../text/markup.ts';
import { visible } from '../text/visible.ts';
import { boxKey } from './directions.ts';
import { type Area, endpointText, type Placed, placed } from './layout.ts';
import { colourClass, colourRules, properties } from './palette.ts';
import { headOf, pathOf, round } from './path.ts';
import { frameTexts, lengths, rowMiddle } from './sizes.ts';
import { boxMarkup } from './svg-box.ts';

/** The topology as an SVG of its own, light or dark as the reader has it. */
export async function svgOf(report: Report): Promise<string> {
  const places = await placed(report.drawing);
  const legend = legendOf(report, places);
  const { width } = places;
  const height = places.height + legend.height;
  const name = `${visible(report.cluster)}: who connects to whom, with which certificate`;
  return `${
    markup`<svg xmlns="http://www.w3.org/2000/svg" class="topology" role="img" aria-label="${name}" viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}"><title>${name}</title><style>${trusted(svgStyle)}</style><rect class="ground" width="100%" height="100%"/>${contentOf(report, { places, linked: false })}${legend.content}</svg>`
      .markup
  }\n`;
}

/** The topology inside of a page, whose rows lead to what the page says of them. */
export async function topologyOf(report: Report): Promise<Markup> {
  const places = await placed(report.drawing);
  const { width, height } = places;
  return markup`<svg class="topology${width > 1500 && ' wide'}" role="group" aria-label="Topology" viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}">${contentOf(report, { places, linked: true })}</svg>`;
}

type Content = { readonly places: Placed; readonly linked: boolean };

function contentOf(report: Report, { places, linked }: Content): Markup {
  const numbers = numbersOf(report);
  const kinds = new Map(report.kinds.map((kind) => [kind.key, kind]));
  return markup`${places.frames.map(frameMarkup)}${places.edges.map(({ edge, points }) => {
    const rows = [...new Set(edge.lines.flatMap(({ from, to }) => [from, to]))].join(' ');
    return markup`<g class="edge ${lineClass(edge.lines, numbers)}" data-rows="${rows}"><path class="wire" d="${pathOf(points)}"/><path class="head" d="${headOf(points)}"/></g>`;
  })}${loops(report, { places, numbers })}${endpointMarkup(places)}${places.boxes.map((placedBox) => boxMarkup(placedBox, { numbers, kinds, linked, now: report.now }))}`;
}

/** The numbers of authorities by their names. */
export function numbersOf({ sources }: Pick<Report, 'sources'>): ReadonlyMap<string, number> {
  return new Map(allSources(sources).map(({ spec, number }) => [spec.name, number]));
}

/** Lines of several authorities have no colour. */
function lineClass(lines: readonly Line[], numbers: ReadonlyMap<string, number>): string {
  const names = new Set(lines.map(({ authority }) => authority));
  const [name] = names;
  return colourClass(names.size === 1 ? numbers.get(name ?? '') : undefined);
}

function frameMarkup({ frame, area }: Placed['frames'][number]): Markup {
  const [title, subtitle] = frameTexts(frame);
  const { x, y, width, height } = area;
  const behind = frame.kind === 'nodes' ? [8, 4].slice(frame.size > 2 ? 0 : 1, frame.size > 1 ? 2 : 0) : [];
  return markup`<g class="frame ${frame.kind}">${behind.map(
    (by) => markup`<rect class="behind" ${sized({ x: x + by, y: y + by, width, height })} rx="10"/>`,
  )}<rect ${sized({ x, y, width, height })} rx="10"/><text class="title" x="${round(x + 16)}" y="${round(y + 23)}">${title}</text><text class="subtitle" x="${round(x + 16)}" y="${round(y + 40)}">${subtitle}</text></g>`;
}

function sized({ x, y, width, height }: Area): Markup {
  return markup`x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"`;
}

function endpointMarkup({ endpoint }: Placed): Markup | undefined {
  if (endpoint === undefined) return undefined;
  const { x, y, width } = endpoint.area;
  const middle = round(x + width / 2);
  return markup`<g class="endpoint"><rect ${sized(endpoint.area)} rx="${27}"/><text class="subtitle" text-anchor="middle" x="${middle}" y="${round(y + 23)}">endpoint</text><text class="label" text-anchor="middle" x="${middle}" y="${round(y + 39)}">${endpointText(endpoint.label)}</text></g>`;
}

/** Connections within a box, such as those of etcd's members with each other, run beside it. */
function loops(
  { drawing }: Report,
  { places, numbers }: { readonly places: Placed; readonly numbers: ReadonlyMap<string, number> },
): readonly Markup[] {
  const within = drawing.lines.filter(({ from, to }) => boxKey(from) === boxKey(to));
  return within.flatMap((line) => {
    const place = places.boxes.find(({ box }) => box.key === boxKey(line.from));
    if (place === undefined) return [];
    const { area, box } = place;
    const middle = (key: string) => area.y + rowMiddle(box.rows.findIndex((row: Row) => row.key === key));
    const [right, out] = [area.x + area.width, 13];
    const same = line.from === line.to ? 6 : 0;
    const points = [
      { x: right, y: middle(line.from) - same },
      { x: right + out, y: middle(line.from) - same },
      { x: right + out, y: middle(line.to) + same },
      { x: right, y: middle(line.to) + same },
    ];
    return [
      markup`<g class="edge ${lineClass([line], numbers)}" data-rows="${line.from} ${line.to}"><path class="wire" d="${pathOf(points)}"/><path class="head" d="${headOf(points)}"/></g>`,
    ];
  });
}

/** The authorities by number and colour, below a picture that stands alone. */
function legendOf(report: Report, { width, height }: Placed): { readonly content: Markup; readonly height: number } {
  const items = allSources(report.sources).filter(({ spec }) => spec.kind === 'authority');
  const columns = Math.max(1, Math.floor((width - 32) / 220));
  const content = items.map(({ spec, number }, index) => {
    const [x, y] = [24 + (index % columns) * 220, height + 18 + Math.floor(index / columns) * 26];
    return markup`<g class="${colourClass(number)}"><rect class="badge" x="${x}" y="${y}" width="${lengths.badge}" height="${lengths.badge}" rx="4"/><text class="number" text-anchor="middle" x="${x + lengths.badge / 2}" y="${y + 12.5}">${number}</text><text class="label" x="${x + 26}" y="${y + 13}">${visible(spec.name, 28)}</text></g>`;
  });
  return { content: markup`${content}`, height: 18 + Math.ceil(items.length / columns) * 26 };
}

/** What shapes of the drawing look like, in a page and in a picture alike. */
export const drawingRules = `${colourRules}
.topology{font:13px ui-sans-serif,system-ui,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}
.topology text{fill:var(--text)}
.topology .frame rect{fill:var(--panel);stroke:var(--line)}
.topology .title{font-weight:600}
.topology .frame .title{font-size:14px}
.topology .subtitle{fill:var(--soft);font-size:12px}
.topology .box rect.card{fill:var(--box);stroke:var(--line)}
.topology .rule{stroke:var(--line)}
.topology .badge{fill:var(--c)}
.topology .number{fill:var(--oncolour);font-size:11px;font-weight:700}
.topology .mark{fill:var(--soft);font-size:12px}
.topology .row.masters .label,.topology .row.masters .mark{fill:var(--alarm);font-weight:600}
.topology .hit{fill:transparent}
.topology .masters .hit{fill:var(--tint)}
.topology .endpoint rect{fill:var(--box);stroke:var(--soft);stroke-dasharray:5 3}
.topology .endpoint .label{font-size:12px}
.topology .wire{fill:none;stroke:var(--c);stroke-width:1.6}
.topology .head{fill:var(--c)}`;

const svgStyle = `svg{${properties('light')}}@media(prefers-color-scheme:dark){svg{${properties('dark')}}}.ground{fill:var(--ground)}${drawingRules}`;
