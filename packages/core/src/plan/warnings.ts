import type { Problem } from '../error.ts';
import type { Plan } from './plan.ts';
import { trustedBy } from './uses.ts';

/** What is allowed, and still deserves a second look. */
export function planWarnings(plan: Plan): readonly Problem[] {
  const clients = trustedBy(plan.uses, ['cluster/client']);
  const both = (use: string) => trustedBy(plan.uses, [use]).filter((name) => clients.includes(name));
  const [etcd] = both('etcd/client');
  const [proxy] = both('front-proxy/client');
  return [
    ...(etcd === undefined
      ? []
      : [
          {
            where: `authorities.${etcd}`,
            message:
              'it stands behind the clients of the API server and of etcd alike: whoever has any client certificate can open etcd and read or change everything',
            hint: 'give etcd an authority of its own, or narrow it by etcd --client-cert-allowed-hostname',
          },
        ]),
    ...(proxy === undefined
      ? []
      : [
          {
            where: `authorities.${proxy}`,
            message:
              'it stands behind clients and the front proxy alike: a signed request with the common name front-proxy-client may then impersonate anybody',
            hint: 'set --requestheader-allowed-names (from 1.35 on the API server refuses to start without), or give the front proxy an authority of its own',
          },
        ]),
  ];
}
