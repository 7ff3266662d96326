import { createHash } from 'node:crypto';
import { type Key, keyFromPublicPem, spkiOf } from '@kubepki/core';
import { z } from 'zod';

const block = /-----BEGIN [A-Z ]+-----[^-]*-----END [A-Z ]+-----/g;

/** Public keys in PEM, one after another, of kinds that sign tokens. A message has none of the text, which may be a private key. */
export const publicKeysSchema = z.string().refine((text) => keysIn(text) !== undefined, {
  error: 'only blocks PUBLIC KEY in PEM, of RSA, P-256 or P-384 keys',
});

/** The keys of a text; undefined where one is none, or where there is none. */
export function keysIn(text: string): readonly Key[] | undefined {
  const keys = (text.match(block) ?? []).map(keyFromPublicPem);
  const known = keys.filter((key) => key !== undefined && key.algorithm !== 'ed25519');
  return keys.length > 0 && known.length === keys.length ? (known as readonly Key[]) : undefined;
}

/** A name for a key that stays the same wherever it stands: the beginning of its SHA-256. */
export function nameOf({ publicKey }: Key): string {
  return `sa-${createHash('sha256').update(spkiOf(publicKey)).digest('hex').slice(0, 8)}`;
}
