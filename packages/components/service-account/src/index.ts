import { defineComponent, keyPair } from '@kubepki/core';
import { z } from 'zod';

/** The key pair with which tokens of service accounts are signed and checked. All control planes share it. */
export const serviceAccount = defineComponent({
  name: 'service-account',
  options: z.strictObject({}),
  *plan() {
    yield keyPair({ name: 'sa', serves: ['sa'] });
  },
});
