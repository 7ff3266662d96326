/** Text that is markup already: what `markup` made, and nothing else. */
export type Markup = { readonly markup: string };

type Value = Markup | string | number | undefined | false | readonly Value[];

const plain = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' } as const;

/** A text as HTML and XML have it, in elements and in attributes that are quoted. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => plain[character as keyof typeof plain]);
}

/** HTML or SVG. Every value in it is escaped, unless it is markup itself; nothing is written for undefined and false. */
export function markup(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return { markup: parts.reduce((text, part, index) => text + part + written(values[index]), '') };
}

function written(value: Value): string {
  if (value === undefined || value === false) return '';
  if (typeof value === 'string') return escaped(value);
  if (typeof value === 'number') return String(value);
  return 'markup' in value ? value.markup : value.map(written).join('');
}

/** A text of the program itself that is markup, such as a style sheet. */
export function trusted(text: string): Markup {
  return { markup: text };
}
