import { usage } from '../failure.ts';

const formats = ['html', 'svg', 'mermaid', 'dot'] as const;
/** What a report is written as: a page, or its drawing alone. */
export type Format = (typeof formats)[number];

/** The format of that name. @throws AppError where there is none */
export function formatOf(name = 'html'): Format {
  const format = formats.find((known) => known === name);
  if (format !== undefined) return format;
  throw usage('UNKNOWN_FORMAT', `there is no format ${JSON.stringify(name)}`, `they are ${formats.join(', ')}`);
}
