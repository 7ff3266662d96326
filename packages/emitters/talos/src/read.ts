import { fromTalos } from './label.ts';

/** What a bundle holds, as PEM, in the order of the holdings, which is that of the text. */
export function readBundle(text: string): readonly string[] {
  const certs = text.slice(Math.max(0, text.indexOf('\ncerts:\n')));
  return [...certs.matchAll(/^ {4}(?:crt|key): "([A-Za-z0-9+/=]+)"$/gm)].map(([, value = '']) =>
    fromTalos(Buffer.from(value, 'base64').toString('utf8')),
  );
}
