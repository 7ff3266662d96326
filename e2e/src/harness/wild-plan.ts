import {
  authority,
  type Cluster,
  type Component,
  type ContentFile,
  client,
  type Emitter,
  type Layout,
  makePlan,
  PkiError,
  type Plan,
  parseClusterName,
  planFiles,
  server,
} from '@kubepki/core';

const cluster: Cluster = {
  name: 'names',
  version: { minor: 37, patch: 2 },
  endpoint: { host: '10.0.0.11' },
  dnsDomain: 'cluster.local',
  serviceSubnets: ['10.96.0.0/12'],
  nodes: [{ name: 'cp-1', roles: ['control-plane'], ips: ['10.0.0.11'], names: [] }],
  etcd: { external: [] },
};
const layout: Layout = {
  path: ({ spec, part }) => `${spec.id}.${part}`,
  shared: () => undefined,
  installed: () => undefined,
  folderMode: () => 0o700,
};

/** What is called wildly. */
export type Wild = {
  readonly cluster?: string;
  readonly user?: string;
  readonly secret?: string;
  /** A binding, its role and its group. */
  readonly binding?: string;
};

/** A plan with such names wherever somebody's own generator could put them. @throws PkiError where one is refused */
export function wildPlan(wild: Wild): Plan {
  const { cluster: name = 'names' } = wild;
  const parsed = parseClusterName(name);
  if (!parsed.ok) throw new PkiError('NAME_INVALID', parsed.message);
  return makePlan({
    cluster: { ...cluster, name: parsed.value },
    components: [wildComponent(wild)],
    profile: 'strict',
    keys: { authorities: 'ecdsa-p256', leaves: 'ecdsa-p256', serviceAccounts: 'ecdsa-p256' },
    validity: { authorities: 86_400, leaves: 3600 },
    backdate: 300,
  });
}

function wildComponent({ user = 'somebody', secret = 'plain', binding = 'plain' }: Wild): Component {
  return {
    name: 'wild',
    *plan() {
      yield authority({ name: 'ca', commonName: 'ca', serves: ['cluster/client', 'cluster/server'] });
      yield server({
        name: 'api',
        node: 'cp-1',
        issuer: 'cluster/server',
        commonName: 'api',
        sans: { dns: ['cp-1'], ips: ['10.0.0.11'] },
        accepts: ['cluster/client'],
      });
      yield client({
        name: 'wild',
        issuer: 'cluster/client',
        commonName: user,
        connects: [{ to: 'api', at: 'endpoint' }],
        kubeconfig: { credentials: 'embedded' },
        secret: { namespace: 'default', name: secret },
        bindings: [{ binding, clusterRole: binding, to: { kind: 'Group', name: binding } }],
      });
    },
  };
}

/** The text of the one file that an emitter makes of a plan, with credentials that are nobody's; undefined: refused. */
export function renderWild(emitter: Emitter, wild: Wild): string | undefined {
  try {
    const [planned] = planFiles({ plan: wildPlan(wild), emitters: [emitter], layout });
    if (planned === undefined || planned.link) throw new Error(`${emitter.name} makes no file`);
    return emitter.render(planned.file as ContentFile, pem, () => new Uint8Array());
  } catch (error) {
    if (error instanceof PkiError) return undefined;
    throw error;
  }
}

function pem({ part }: { readonly part: string }): string {
  const label = part === 'certificate' ? 'CERTIFICATE' : 'PRIVATE KEY';
  return `-----BEGIN ${label}-----\nAAAA\n-----END ${label}-----\n`;
}
