import { defineComponent, keyPair, publicPem } from '@kubepki/core';
import { z } from 'zod';
import { keysIn, nameOf, publicKeysSchema } from './public-keys.ts';

/**
 * The key pair with which tokens of service accounts are signed and checked, and further keys with which they are
 * checked alone. All control planes share them.
 */
export const serviceAccount = defineComponent({
  name: 'service-account',
  options: z.strictObject({
    older: z
      .array(publicKeysSchema)
      .default([])
      .describe('Public keys in PEM whose tokens are good too: those that signed before, or sign elsewhere.'),
  }),
  *plan(_cluster, { older }) {
    yield keyPair({ name: 'sa', serves: ['sa'] });
    const keys = new Map(older.flatMap((text) => keysIn(text) ?? []).map((key) => [nameOf(key), key]));
    for (const [name, { algorithm, publicKey }] of keys) {
      yield keyPair({ name, serves: ['sa'], keys: algorithm, publicKey: publicPem(publicKey) });
    }
  },
});
