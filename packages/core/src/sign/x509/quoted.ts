const longest = 80;

/** A text out of a certificate, in quotes and safe to print: escapes for what cannot be seen, and a long one cut. */
export function quoted(text: string): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return JSON.stringify(cut).replace(/[^\P{C} ]|[\p{Zl}\p{Zp}]/gu, escaped);
}

function escaped(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`;
}
