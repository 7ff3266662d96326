import { createPublicKey, type KeyObject } from 'node:crypto';
import { algorithmOf, tokenKeyId } from '@kubepki/core';
import { z } from 'zod';
import { signatures } from './files.ts';

const keysSchema = z.object({ keys: z.array(z.record(z.string(), z.string())) });

/** Public keys as a JWK Set (RFC 7517 §5), with the members and the order that the API server's own has. */
export function jwkSet(pems: readonly string[]): object {
  return { keys: pems.map((pem) => jwk(createPublicKey(pem))) };
}

/** The keys of a JWK Set as PEM, in order; nothing where it is none. */
export function pemsOf(text: string): readonly string[] {
  const { keys } = keysSchema.parse(JSON.parse(text));
  return keys.map((key) => createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString());
}

function jwk(key: KeyObject): object {
  const algorithm = algorithmOf(key);
  const { kty, crv, n, e, x, y } = key.export({ format: 'jwk' });
  return {
    use: 'sig',
    kty,
    kid: tokenKeyId(key),
    crv,
    alg: algorithm && signatures[algorithm],
    n,
    e,
    x,
    y,
  };
}
