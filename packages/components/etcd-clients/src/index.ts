import { client, defineComponent } from '@kubepki/core';
import { z } from 'zod';

/** Client certificates for what else talks to etcd: a backup job, a metrics scraper, a network plugin. */
export const etcdClients = defineComponent({
  name: 'etcd-clients',
  options: z.strictObject({
    names: z
      .array(z.string().regex(/^[a-z0-9]([a-z0-9-]{0,40}[a-z0-9])?$/, 'lower-case letters, digits and -'))
      .default(['backup'])
      .describe('Who needs one: `backup` gets the certificate `etcd/backup-client`.'),
  }),
  *plan(_cluster, { names }) {
    for (const name of names) {
      yield client({
        name: `etcd/${name}-client`,
        issuer: 'etcd/client',
        commonName: `etcd-${name}`,
        connects: [{ to: 'etcd/server', at: 'each' }],
        secret: { namespace: 'kube-system', name: `etcd-${name}-client` },
      });
    }
  },
});
