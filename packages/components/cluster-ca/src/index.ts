import { authority, defineComponent } from '@kubepki/core';
import { z } from 'zod';

/** The authority of the cluster itself: it signs for the API server, its clients and the kubelets. */
export const clusterCa = defineComponent({
  name: 'cluster-ca',
  options: z.strictObject({
    commonName: z.string().min(1).default('kubernetes').describe("The common name of the cluster's authority."),
  }),
  *plan(_cluster, { commonName }) {
    yield authority({ name: 'ca', commonName, serves: ['cluster/client', 'cluster/server', 'kubelet/server'] });
  },
});
