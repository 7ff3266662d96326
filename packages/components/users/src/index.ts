import { client, defineComponent, groupField, userNameField } from '@kubepki/core';
import { z } from 'zod';

/** More people: each gets a client certificate with name and groups, in a kubeconfig. */
export const users = defineComponent({
  name: 'users',
  options: z.strictObject({
    users: z
      .array(
        z.strictObject({
          name: userNameField.describe('The user name that Kubernetes sees.'),
          groups: z.array(groupField).default([]).describe('The groups that Kubernetes sees.'),
          validity: z
            .int()
            .positive()
            .optional()
            .describe('How long it lives, in seconds; as all leaves where it is missing.'),
        }),
      )
      .default([])
      .describe('Who gets a certificate.'),
  }),
  *plan(_cluster, { users: people }) {
    for (const { name, groups, validity } of people) {
      yield client({
        name: `user/${name}`,
        issuer: 'cluster/client',
        commonName: name,
        organizations: groups,
        person: true,
        connects: [{ to: 'apiserver', at: 'endpoint' }],
        kubeconfig: { credentials: 'embedded' },
        ...(validity === undefined ? {} : { validity }),
      });
    }
  },
});
