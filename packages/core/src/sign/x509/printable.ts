/** Whether a text can be a PrintableString (X.680 41.4). A colon can; `@`, `*`, `_` and `&` cannot. */
export function isPrintable(text: string): boolean {
  return /^[A-Za-z0-9 '()+,\-./:=?]*$/.test(text);
}
