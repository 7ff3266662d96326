/**
 * A text of somebody else as it can be shown: control and formatting characters, and what turns the direction of a
 * text, are written out as `\u{…}`, and a long one is cut.
 */
export function visible(text: string, most = 400): string {
  const cut = text.length > most ? `${text.slice(0, most)}…` : text;
  return cut.replace(/[^\P{C} ]|[\p{Zl}\p{Zp}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** A text in at most so many characters' width, cut in its middle, since names of a kind differ at their ends. */
export function shortened(text: string, most: number): string {
  const shown = [...visible(text)];
  if (shown.length <= most) return shown.join('');
  const head = Math.ceil((most - 1) / 2);
  return `${shown.slice(0, head).join('')}…${shown.slice(shown.length - (most - 1 - head)).join('')}`;
}

/** About how wide a text is in an interface font of that size, rather more than less. */
export function widthOf(text: string, size: number): number {
  return [...text].reduce((sum, character) => sum + ems(character.codePointAt(0) ?? 0), 0) * size;
}

/** Of DejaVu Sans, which is among the widest that a browser may choose. */
function ems(point: number): number {
  if (point > 0x2e80) return 1.05;
  const character = String.fromCodePoint(point);
  if (/[ijltfrI.,:;'|!()[\]/ -]/.test(character)) return 0.38;
  if (/[mwMW@%]/.test(character)) return 0.98;
  return /[A-Z]/.test(character) ? 0.72 : 0.63;
}
