import { type Json, PkiError, type Problem, refuse } from '@kubepki/core';
import { profiles } from '@kubepki/presets';
import type { OldPlace } from '../old/place.ts';
import { type Draft, type DraftField, type DraftNode, field, fieldsOf, orNothing } from './draft.ts';
import { anyOf, isStrict, keyKinds, keysField, validityField } from './life.ts';
import { type NodeFacts, nodeFacts, servingOf } from './node.ts';
import { sansOf } from './sans.ts';
import { endpointField, serviceFacts } from './service.ts';
import { versionField } from './version.ts';
import { type Seen, viewsOf } from './views.ts';

/**
 * What old places tell of their cluster.
 * @throws PkiError INIT_NODES where it cannot be told of which node one is, or no control plane is among them
 */
export function draftFromPlaces(places: readonly OldPlace[]): Draft {
  const nodes = inOrder(viewsOf(places).map(nodeFacts));
  refuseNodes(nodes);
  const kinds = keyKinds(nodes);
  const mixed =
    kinds.leaves !== undefined && kinds.serviceAccounts !== undefined && kinds.leaves !== kinds.serviceAccounts;
  const strict = mixed || isStrict(anyOf(nodes, 'ca'));
  const known = new Set(
    nodes.flatMap(({ advertised, addresses, endpoint }) => [advertised ?? '', ...addresses, endpoint?.host ?? '']),
  );
  const service = serviceFacts(nodes, known);
  const version = versionField(nodes);
  const withIssuer = !strict && /^1\.(2\d|30)(\.|$)/.test(String(version.value));
  const profile = strict ? 'strict' : 'kubeadm';
  const sans = sansOf(nodes, { service, strict });
  const flat = places.find(({ form }) => form === 'flat');
  const layout = {
    ...(flat === undefined ? {} : { tree: 'flat' }),
    ...(places.some(({ names }) => names === 'pem') ? { names: 'pem' } : {}),
  };
  // A kubelet that joined by a token has names of its own.
  const clients = ['admin', 'super-admin', 'controller-manager', 'scheduler'];
  const name = nodes.flatMap(({ view }) => clients.flatMap((conf) => view.kubeconfig(conf)?.cluster ?? []))[0];
  return {
    from: places.map((place) => place.name).join(', '),
    nodes: nodes.map((node) => draftNode(node, strict)),
    fields: fieldsOf({
      name: field(name === 'kubernetes' ? undefined : name),
      profile: field(profile === 'strict' ? undefined : profile),
      kubernetesVersion: version,
      controlPlaneEndpoint: endpointField(nodes),
      dnsDomain: service.dnsDomain,
      serviceSubnets: service.subnets,
      etcd: etcdField(nodes),
      authorities: authoritiesField(nodes),
      keys: keysField(kinds, { strict, usual: profiles[profile].algorithm }),
      validity: validityField(nodes, { strict, withIssuer }),
      components: field(orNothing({ ...components(nodes, strict), ...sans.components })),
      certificates: field(orNothing(sans.certificates)),
      layout: field(orNothing(layout)),
    }),
  };
}

/** The control plane that kubeadm made first alone has a super administrator, and is the first in a cluster file too. */
function inOrder(nodes: readonly NodeFacts[]): readonly NodeFacts[] {
  const rank = ({ roles, view }: NodeFacts) => {
    if (!roles.includes('control-plane')) return roles.includes('etcd') ? 2 : 3;
    return view.kubeconfig('super-admin') === undefined ? 1 : 0;
  };
  return [...nodes].sort((a, b) => rank(a) - rank(b));
}

function refuseNodes(nodes: readonly NodeFacts[]): void {
  const problems: Problem[] = nodes
    .filter(({ name }) => name === undefined)
    .map(({ view: { place } }) => ({
      where: place.name,
      message: 'nothing in it tells of which node it is',
      hint: `say it in front: NODE=${place.name}`,
    }));
  for (const node of nodes) {
    if (!node.roles.includes('worker') && node.advertised === undefined)
      problems.push({ where: node.view.place.name, message: 'nothing in it tells the address of the node' });
  }
  refuse('INIT_NODES', problems);
  if (nodes.some(({ roles }) => roles.includes('control-plane'))) return;
  throw new PkiError('INIT_NODES', 'no control plane is among what was given', {
    hint: 'give the /etc/kubernetes of one too: a worker does not know of its cluster',
  });
}

/** In certificates that kubeadm makes there is only the address that a node advertises. */
function draftNode({ name = '', roles, advertised, addresses }: NodeFacts, strict: boolean): DraftNode {
  const own = advertised === undefined ? [] : [advertised];
  return { name, roles, addresses: strict || own.length === 0 ? [...own, ...addresses] : own };
}

/** An authority for everything, where etcd and the aggregation layer have no other. */
function authoritiesField(nodes: readonly NodeFacts[]): DraftField | undefined {
  const ca = anyOf(nodes, 'ca');
  const others = ['etcd/ca', 'front-proxy-ca'].flatMap((name) => anyOf(nodes, name) ?? []);
  const same = (seen: Seen) => seen.certificate.fingerprint === ca?.certificate.fingerprint;
  const below = (name: string) => {
    const leaf = anyOf(nodes, name);
    return (
      leaf !== undefined && ca !== undefined && Buffer.compare(leaf.certificate.issuer, ca.certificate.subject) === 0
    );
  };
  const single = others.every(same) && (below('etcd/server') || below('front-proxy-client'));
  return field(single ? 'single' : undefined);
}

function etcdField(nodes: readonly NodeFacts[]): DraftField | undefined {
  // With kubeadm a control plane has the authority of an etcd elsewhere too, but not its key.
  const own = ['etcd/server', 'etcd/peer', 'etcd/healthcheck-client'].some((name) => anyOf(nodes, name) !== undefined);
  if (own || nodes.some(({ view }) => view.key('etcd/ca') !== undefined)) return undefined;
  const servers = nodes.flatMap(({ manifest }) => manifest.flags.get('--etcd-servers')?.split(',') ?? []);
  if (servers.length > 0) return field({ external: { endpoints: [...new Set(servers)] } });
  return field('external', 'no control plane has a certificate of an etcd of its own');
}

function components(nodes: readonly NodeFacts[], strict: boolean): Readonly<Record<string, Json>> {
  const has = (name: string) => nodes.some(({ view }) => view.kubeconfig(name) !== undefined);
  const front = anyOf(nodes, 'front-proxy-client') ?? anyOf(nodes, 'front-proxy-ca');
  const serving = nodes.some(({ view }) => servingOf(view) !== undefined);
  // kubeadm puts a certificate into kubelet.conf of the first node, and leads it to the kubelet's own once that is there.
  const rotated = nodes.find(({ roles }) => roles.includes('control-plane'))?.view.kubeconfig('kubelet')?.byPath;
  const kubelet = strict ? {} : { ...(serving ? { serving } : {}), ...(rotated ? { embed: 'none' } : {}) };
  return {
    ...(front === undefined ? { 'front-proxy': false } : {}),
    ...(Object.keys(kubelet).length > 0 ? { kubelet } : {}),
    ...(!strict && has('kube-proxy') ? { 'kube-proxy': true } : {}),
  };
}
