import { dotOf, htmlOf, mermaidOf, type ReportInput, reportOf, svgOf } from '@kubepki/report';
import type { Format } from './format.ts';

const writers = { html: htmlOf, svg: svgOf, mermaid: mermaidOf, dot: dotOf } as const;

/** A report in a format, without the end of its last line. */
export async function draw(input: ReportInput, format: Format): Promise<string> {
  return (await writers[format](reportOf(input))).replace(/\n$/, '');
}
