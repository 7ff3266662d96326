/** Text as roff shows it as it stands: no character of it is a command, and none is set as another. */
export function escaped(text: string): string {
  return text.replaceAll(/[\\\-'`^~]|[^\x20-\x7e]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return names[character] ?? `\\[u${code.toString(16).toUpperCase().padStart(4, '0')}]`;
  });
}

const names: Readonly<Record<string, string>> = {
  '\\': String.raw`\e`,
  '-': String.raw`\-`,
  "'": String.raw`\(aq`,
  '`': String.raw`\(ga`,
  '^': String.raw`\(ha`,
  '~': String.raw`\(ti`,
};

/** What is set apart in running text: an option. */
const option = /((?<![\w-])--?[a-z][a-z-]*)/;
/** What is set apart in a call: an option, what stands for a value, and the command. */
const partOfCall = /((?<![\w-])--?[a-z][a-z-]*|(?<![\w-])[A-Z][A-Z]*(?![\w-])|^kubepki [a-z]+)/;

/** A line of running text. */
export function textLine(text: string): string {
  return line(text, option);
}

/** How something is called. */
export function callLine(text: string): string {
  return line(text, partOfCall);
}

export function paragraph(lines: readonly string[]): readonly string[] {
  return ['.PP', ...lines.map(textLine)];
}

/** Lines that stay as they are. */
export function asTyped(lines: readonly string[]): readonly string[] {
  return ['.RS 4', '.nf', ...lines.map((each) => guarded(escaped(each))), '.fi', '.RE'];
}

/** A term, and what it means beside it. */
export function item({ term, lines }: { readonly term: string; readonly lines: readonly string[] }): readonly string[] {
  return ['.TP', callLine(term), ...lines.map(textLine)];
}

function line(text: string, apart: RegExp): string {
  const parts = text.split(apart).map((part, index) => {
    if (index % 2 === 0) return escaped(part);
    return `${/^[A-Z]/.test(part) ? String.raw`\fI` : String.raw`\fB`}${escaped(part)}${String.raw`\fR`}`;
  });
  return guarded(parts.join(''));
}

/** What begins with a full stop is a command to roff. */
function guarded(text: string): string {
  return text.startsWith('.') ? String.raw`\&` + text : text;
}
