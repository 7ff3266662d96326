import { createPublicKey } from 'node:crypto';
import { algorithmOf, type Existing } from '@kubepki/core';

/**
 * What exists, where others may sign for authorities: one whose private key is not at hand is no reason to stop
 * before its issuer was asked.
 */
export function signedElsewhere(existing: Existing): Existing {
  return {
    generation: existing.generation,
    async find(spec) {
      const found = await existing.find(spec);
      if (spec.kind !== 'authority' || found.key !== undefined || found.certificate === undefined) return found;
      const publicKey = createPublicKey({ key: Buffer.from(found.certificate.publicKey), format: 'der', type: 'spki' });
      return { ...found, key: { algorithm: algorithmOf(publicKey) ?? spec.keys, publicKey } };
    },
  };
}
