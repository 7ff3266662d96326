import { algorithmSchema, authority, defineComponent, elsewhere } from '@kubepki/core';
import { z } from 'zod';

/**
 * Authorities by a table, and an API server that somebody else makes: for a distribution that makes its leaf
 * certificates itself and takes the authorities that it finds.
 */
export const authorities = defineComponent({
  name: 'authorities',
  options: z.strictObject({
    authorities: z
      .record(
        z.string(),
        z.strictObject({
          commonName: z.string().min(1).describe('Its common name.'),
          serves: z.array(z.string().min(1)).min(1).describe('The uses that it stands behind.'),
          keys: algorithmSchema
            .optional()
            .describe('The algorithm of its key, where it is not that of all authorities.'),
        }),
      )
      .default({})
      .describe('The authorities, by name.'),
    apiserverPort: z
      .int()
      .min(1)
      .max(65535)
      .optional()
      .describe('There are API servers on the control planes that somebody else makes, which answer at this port.'),
  }),
  *plan({ endpoint }, { authorities: table, apiserverPort: port }) {
    for (const [name, { commonName, serves, keys }] of Object.entries(table))
      yield authority({ name, commonName, serves, ...(keys === undefined ? {} : { keys }) });
    if (port === undefined) return;
    const addresses = [{ host: endpoint.host, port: endpoint.port ?? port }];
    yield elsewhere({ name: 'apiserver', issuer: 'cluster/server', accepts: ['cluster/client'], addresses });
  },
});
