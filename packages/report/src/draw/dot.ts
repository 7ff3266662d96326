import { allSources } from '../model/authorities.ts';
import type { Box } from '../model/drawing.ts';
import type { Report } from '../model/report.ts';
import { escaped } from '../text/markup.ts';
import { visible } from '../text/visible.ts';
import { boxKey, type Edge, edgesOf } from './directions.ts';
import { lightColour } from './palette.ts';
import { markText } from './sizes.ts';

/** The topology in Graphviz' language, a line for each kind of connection, from certificate to certificate. */
export function dotOf(report: Report): string {
  const { frames, lines, endpoint } = report.drawing;
  const numbers = new Map(allSources(report.sources).map(({ spec, number }) => [spec.name, number]));
  return [
    `digraph ${quoted(report.cluster)} {`,
    '  rankdir=LR; compound=true; fontname="Helvetica"; node [shape=plain fontname="Helvetica"]; edge [fontname="Helvetica" fontsize=10];',
    ...frames.flatMap(({ key, title, subtitle, boxes }) => [
      `  subgraph cluster_${key} {`,
      `    label=${quoted(subtitle === '' ? title : `${title}: ${subtitle}`)}; style=rounded; color="#8a94a0";`,
      ...boxes.map((box) => `    ${box.key} [label=<${tableOf(box, numbers)}>];`),
      '  }',
    ]),
    ...(endpoint === undefined
      ? []
      : [`  ${endpoint.key} [shape=box style="rounded,dashed" label=${quoted(endpoint.label)}];`]),
    ...edgesOf(report.drawing).map((edge) => edgeText(edge, numbers)),
    ...lines
      .filter(({ from, to }) => boxKey(from) === boxKey(to))
      .map(({ from, authority }) => `  ${boxKey(from)} -> ${boxKey(from)} [${colourOf([authority], numbers)}];`),
    '}',
    '',
  ].join('\n');
}

type Numbers = ReadonlyMap<string, number>;

function tableOf({ title, rows }: Box, numbers: Numbers): string {
  const head = `<tr><td colspan="2" align="left"><b>${html(title)}</b></td></tr>`;
  const body = rows.map((row) => {
    const mark = markText(row);
    const name = row.masters ? `<font color="#b3121d"><b>${html(row.label)}</b></font>` : html(row.label);
    const colour = lightColour(row.authority === undefined ? undefined : numbers.get(row.authority));
    return `<tr><td port="${row.key}w" align="left"><font color="${colour}">●</font> ${name}${row.authority === undefined ? '' : ` (${html(row.authority)})`}</td><td port="${row.key}e" align="right">${html(mark === '' ? ' ' : mark)}</td></tr>`;
  });
  return `<table border="1" cellborder="0" cellspacing="2" color="#8a94a0">${head}${body.join('')}</table>`;
}

/** What leads back to who calls is put down as leading forward, so that Graphviz has the callers at the left. */
function edgeText({ from, to, back, lines }: Edge, numbers: Numbers): string {
  const colour = colourOf(
    lines.map(({ authority }) => authority),
    numbers,
  );
  const end = (key: string, side: string) => (boxKey(key) === key ? key : `${boxKey(key)}:${key}${side}`);
  return back
    ? `  ${end(to, 'e')} -> ${end(from, 'w')} [dir=back ${colour}];`
    : `  ${end(from, 'e')} -> ${end(to, 'w')} [${colour}];`;
}

/** Lines of several authorities have no colour of their own. */
function colourOf(authorities: readonly (string | undefined)[], numbers: Numbers): string {
  const [first = '', ...others] = new Set(authorities);
  return `color="${lightColour(others.length > 0 ? undefined : numbers.get(first))}"`;
}

/** A string of the language, in which a backslash may begin an escape (graphviz.org/docs/attr-types/escString). */
function quoted(text: string): string {
  return `"${visible(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

function html(text: string): string {
  return escaped(visible(text));
}
