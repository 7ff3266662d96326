import type { Line, Row } from '../model/drawing.ts';
import type { Report } from '../model/report.ts';
import { visible } from '../text/visible.ts';
import { boxKey } from './directions.ts';
import { markText } from './sizes.ts';

/** The topology as a Mermaid flowchart, for Markdown. */
export function mermaidOf(report: Report): string {
  const { frames, lines, endpoint } = report.drawing;
  const rows = new Map(frames.flatMap(({ boxes }) => boxes.flatMap((box) => box.rows.map((row) => [row.key, row]))));
  return [
    'flowchart LR',
    ...frames.flatMap(({ key, title, subtitle, boxes }) => [
      `  subgraph ${key}["${quoted(subtitle === '' ? title : `${title}: ${subtitle}`)}"]`,
      ...boxes.map(
        (box) => `    ${box.key}["${[`<b>${quoted(box.title)}</b>`, ...box.rows.map(rowText)].join('<br>')}"]`,
      ),
      '  end',
    ]),
    ...(endpoint === undefined ? [] : [`  ${endpoint.key}(["${quoted(endpoint.label)}"])`]),
    ...edges(lines, { rows, endpoint: endpoint?.key }),
    ...frames.flatMap(({ boxes }) =>
      boxes
        .filter((box) => box.rows.some(({ masters }) => masters))
        .map(({ key }) => `  style ${key} stroke:#b3121d,stroke-width:3px`),
    ),
    '',
  ].join('\n');
}

function rowText(row: Row): string {
  const by = row.authority === undefined ? '' : ` (${quoted(row.authority)})`;
  return `${quoted(row.label)}${markText(row) === '' ? '' : ` ${quoted(markText(row))}`}${by}`;
}

/** An arrow for each two boxes, with the certificates of the clients. */
function edges(
  lines: readonly Line[],
  { rows, endpoint }: { readonly rows: ReadonlyMap<string, Row>; readonly endpoint: string | undefined },
): readonly string[] {
  const labels = new Map<string, Set<string>>();
  const onward = new Set<string>();
  for (const { from, to, at } of lines) {
    const [client, server] = [boxKey(from), boxKey(to)];
    const there = at === 'endpoint' && endpoint !== undefined ? endpoint : server;
    const key = `${client} ${there}`;
    labels.set(key, (labels.get(key) ?? new Set()).add(rows.get(from)?.label ?? ''));
    if (there === endpoint) onward.add(`  ${endpoint} --> ${server}`);
  }
  const drawn = [...labels].map(([key, names]) => {
    const [from, to] = key.split(' ');
    return `  ${from} -- "${[...names].map((name) => quoted(name)).join('<br>')}" --> ${to}`;
  });
  return [...drawn, ...onward];
}

/** A text inside of quotes: whatever Mermaid, its Markdown or HTML would take for its own, as an entity code of Mermaid. */
function quoted(text: string): string {
  return [...visible(text, 80)]
    .map((character) => (/[\p{L}\p{N} .,:/@_-]/u.test(character) ? character : `#${character.codePointAt(0)};`))
    .join('');
}
