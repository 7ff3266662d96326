import { inspect } from 'node:util';

/** So many characters of a key in a row are a leak, of a key that is encoded once more and as it stands in PEM. */
const [enoughEncoded, enough] = [12, 8];

/** Finds private keys in texts: as they stand in PEM, and as base64 of that. */
export function keyFinder(pems: readonly string[]): (text: string) => boolean {
  const pieces = new Set(pems.flatMap((pem) => windows(privateHalf(pem), enough)));
  const encoded = new Set(
    pems.flatMap((pem) => encodings(privateHalf(pem)).flatMap((each) => windows(each, enoughEncoded))),
  );
  return (text) =>
    windows(text, enough).some((piece) => pieces.has(piece)) ||
    windows(text, enoughEncoded).some((piece) => encoded.has(piece));
}

/** All that an error can tell, as a program would print it. */
export function errorText(error: unknown): string {
  const { message, stack } = Object(error);
  const all = { depth: 8, showHidden: true, maxStringLength: null, maxArrayLength: null } as const;
  return [message, stack, inspect(error, all)].join('\n');
}

/** Of the first line of the base64, what is surely private; other parts of a key may be public. */
function privateHalf(pem: string): string {
  const [, line = ''] = pem.trim().split('\n');
  return line.slice(12, 52);
}

/** A text within base64, at each of the three places where it may begin. */
function encodings(text: string): readonly string[] {
  return [0, 1, 2].map((shift) => {
    const encoded = Buffer.from(`${' '.repeat(shift)}${text}`).toString('base64');
    return encoded.slice(shift === 0 ? 0 : 4, -4);
  });
}

function windows(text: string, size: number): readonly string[] {
  return Array.from({ length: Math.max(0, text.length - size + 1) }, (_, from) => text.slice(from, from + size));
}
