import { isHostname } from '../../../cluster/rfc1123.ts';
import { quoted } from '../../x509/quoted.ts';
import { type Facts, isFor, lifeOf, namesOf } from '../facts.ts';
import type { Rule } from '../rule.ts';

const node = 'system:node:';
const day = 86_400;
const longestMasters = 90 * day;
const uid = '1.3.6.1.4.1.57683.2';

/** What Kubernetes and etcd read in a certificate beyond the RFCs. */
export const kubernetes: readonly Rule[] = [
  {
    id: 'node-group',
    severity: 'error',
    source: 'k8s.io/kubernetes/pkg/apis/certificates/helpers.go (ValidateKubeletClientCSR)',
    says: 'A node is in the group `system:nodes` and in no other.',
    remedy: 'Give it the one organisation system:nodes: the node authoriser knows no other nodes.',
    check: (facts) => {
      if (nodeOf(facts) === undefined) return undefined;
      const groups = namesOf(facts, 'O');
      return groups.length === 1 && groups[0] === 'system:nodes'
        ? undefined
        : `its groups are ${groups.map(quoted).join(', ') || 'none'}`;
    },
  },
  {
    id: 'node-name',
    severity: 'error',
    source: 'k8s.io/apimachinery/pkg/util/validation (IsDNS1123Subdomain)',
    says: 'The name behind `system:node:` is the name of a node: lower-case labels of letters, digits and hyphens.',
    remedy: 'Use the name under which the node registers, in lower case.',
    check: (facts) => {
      const name = nodeOf(facts);
      return name === undefined || isHostname(name) ? undefined : `${quoted(name)} is none`;
    },
  },
  {
    id: 'node-client-names',
    severity: 'error',
    source: 'k8s.io/kubernetes/pkg/apis/certificates/helpers.go (ValidateKubeletClientCSR)',
    says: "A kubelet's client certificate has no alternative names.",
    remedy: 'Leave them out, or make two certificates: one for the client, one for the server.',
    check: (facts) =>
      nodeOf(facts) !== undefined &&
      isFor(facts, 'clientAuth') &&
      !isFor(facts, 'serverAuth') &&
      facts.sans !== undefined
        ? 'it has some'
        : undefined,
  },
  {
    id: 'client-name',
    severity: 'error',
    source: 'apiserver/pkg/authentication/request/x509/x509.go (CommonNameUserConversion)',
    says: 'A client has one common name, which is its user name.',
    remedy: 'Give it one common name: without one it is nobody to the API server.',
    check: (facts) => {
      if (facts.authority || !isFor(facts, 'clientAuth')) return undefined;
      const count = namesOf(facts, 'CN').length;
      return count === 1 ? undefined : `it has ${count}`;
    },
  },
  {
    id: 'client-uid',
    severity: 'error',
    source: 'apiserver/pkg/authentication/request/x509/x509.go (CommonNameUserConversion)',
    says: 'A client has at most one user identifier (1.3.6.1.4.1.57683.2), and it is not empty.',
    remedy: 'Leave it out, or give one.',
    check: ({ name }) => {
      const ids = name.filter(({ type }) => type === uid);
      return ids.length > 1 || ids.some(({ bytes }) => bytes.length === 0) ? 'it has another' : undefined;
    },
  },
  {
    id: 'masters-life',
    severity: 'warning',
    source: 'KEP-4214, kubernetes/kubeadm#2414',
    says: 'A member of `system:masters`, whom nothing can stop, lives 90 days at most.',
    remedy: 'Use a group that is bound to cluster-admin, and keep system:masters for emergencies and for a short time.',
    check: (facts) =>
      isFor(facts, 'clientAuth') && namesOf(facts, 'O').includes('system:masters') && lifeOf(facts) > longestMasters
        ? `it lives ${Math.round(lifeOf(facts) / day)} days`
        : undefined,
  },
  {
    id: 'etcd-usages',
    severity: 'error',
    source: 'etcd-io/etcd#9785',
    says: 'A server of etcd, for its clients or its peers, is a client too.',
    remedy: 'Add clientAuth: its gateway calls the server with the same certificate, and peers call each other.',
    check: (facts) => {
      if (facts.authority || !isEtcd(facts) || !isFor(facts, 'serverAuth')) return undefined;
      return isFor(facts, 'clientAuth') ? undefined : 'it has no clientAuth';
    },
  },
  {
    id: 'front-proxy-apart',
    severity: 'warning',
    source: 'kube-apiserver --requestheader-client-ca-file, --requestheader-allowed-names',
    says: 'The authority of the front proxy is not the one of clients.',
    remedy: 'Give the front proxy an authority of its own, or set --requestheader-allowed-names.',
    check: ({ authority, context: { uses = [] } }) =>
      authority && uses.includes('front-proxy/client') && uses.includes('cluster/client')
        ? 'it stands behind both, so a client with the right common name may claim to be anybody'
        : undefined,
  },
];

function nodeOf({ name }: Facts): string | undefined {
  return name.find(({ type, value }) => type === 'CN' && value.startsWith(node))?.value.slice(node.length);
}

/** By its use; where that is not known, by the common names that the Kubernetes documentation gives them. */
function isEtcd(facts: Facts): boolean {
  const { uses } = facts.context;
  if (uses !== undefined) return uses.includes('etcd/server') || uses.includes('etcd/peer');
  return namesOf(facts, 'CN').some((name) => name === 'kube-etcd' || name === 'kube-etcd-peer');
}
