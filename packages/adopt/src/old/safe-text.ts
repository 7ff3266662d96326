const longest = 120;

/**
 * A text of somebody else's file as a message can hold it: in quotes where it has anything beside letters, digits and
 * what paths, names and URLs have; a long one is cut, and of what could be a certificate or a key nothing is shown.
 */
export function safeText(text: string): string {
  if (/-----|[A-Za-z0-9+=]{48}/.test(text)) return 'something that is no name';
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text;
  return /^[\w@%+=:,./[\]…-]+$/.test(cut) ? cut : JSON.stringify(cut).replace(/[^\P{C} ]|[\p{Zl}\p{Zp}]/gu, '?');
}
