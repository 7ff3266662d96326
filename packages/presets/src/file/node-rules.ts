import { contains, familyOf, familyOfSubnet } from '@kubepki/core';
import { error, type Fields, type Nodes, type Rule, type Verdict, warning } from './verdict.ts';

/** What may not fit together in a file's nodes and networks. */
export const nodeRules: readonly Rule[] = [nodeNames, nodeAddresses, nodeRoles, endpoint, subnets];

/** A node's roles; the only node of a file has both if it names none. */
export function rolesOf(node: Nodes[number], nodes: Nodes): readonly ('control-plane' | 'etcd' | 'worker')[] {
  if (node.roles !== undefined && node.roles.length > 0) return [...new Set(node.roles)];
  return nodes.length === 1 ? ['control-plane', 'worker'] : [];
}

function* nodeNames(_file: Fields, nodes: Nodes): Generator<Verdict> {
  const seen = new Map<string, number>();
  for (const [index, { name }] of nodes.entries()) {
    const first = seen.get(name);
    if (first === undefined) seen.set(name, index);
    else
      yield error(
        ['nodes', index, 'name'],
        `${name} is the name of nodes[${first}] already`,
        'each node has a name of its own',
      );
  }
}

function* nodeAddresses(_file: Fields, nodes: Nodes): Generator<Verdict> {
  const names = new Set(nodes.map(({ name }) => name));
  const seen = new Map<string, number>();
  for (const [index, node] of nodes.entries()) {
    for (const [at, address] of node.addresses.entries()) {
      const path = ['nodes', index, 'addresses', at];
      const text = 'ip' in address ? address.ip : address.dns;
      const first = seen.get(text);
      if (first === undefined) seen.set(text, index);
      else if (first === index) yield warning(path, `${text} is there twice`);
      else
        yield error(
          path,
          `${text} is an address of ${nodes[first]?.name} already`,
          'each node has addresses of its own',
        );
      if (text !== node.name && names.has(text)) yield error(path, `${text} is the name of another node`);
    }
  }
}

function* nodeRoles({ etcd }: Fields, nodes: Nodes): Generator<Verdict> {
  for (const [index, node] of nodes.entries()) {
    const roles = rolesOf(node, nodes);
    if (roles.length === 0) {
      yield error(
        ['nodes', index],
        `${node.name} has no roles`,
        'roles: [control-plane], [worker] or [etcd]; only the only node of a file needs none',
      );
    }
    const member = roles.includes('etcd');
    if (member && etcd !== undefined && etcd !== 'nodes') {
      yield error(
        ['nodes', index, 'roles'],
        `${node.name} has the role etcd, and etcd is external`,
        'leave out one of the two',
      );
    }
    if ((member || roles.includes('control-plane')) && !node.addresses.some((address) => 'ip' in address)) {
      yield error(
        ['nodes', index, 'addresses'],
        `${node.name} has no IP address to advertise`,
        'addresses: [10.0.0.11]',
      );
    }
  }
  if (nodes.length > 0 && nodes.every((node) => rolesOf(node, nodes).length > 0) && controlPlanes(nodes).length === 0) {
    yield error(['nodes'], 'no node is a control plane', 'give one the role control-plane');
  }
}

function* endpoint({ controlPlaneEndpoint }: Fields, nodes: Nodes): Generator<Verdict> {
  if (controlPlaneEndpoint !== undefined || controlPlanes(nodes).length < 2) return;
  yield warning(
    ['controlPlaneEndpoint'],
    'missing with several control planes: clients will know the first one alone',
    'name one that can move, such as api.example.internal:6443; to change it later means to issue certificates and kubeconfigs anew',
  );
}

function* subnets({ serviceSubnets = [] }: Fields, nodes: Nodes): Generator<Verdict> {
  const families = serviceSubnets.map(familyOfSubnet);
  if (new Set(families).size < families.length) {
    yield error(
      ['serviceSubnets', 1],
      'of the same family as the first',
      'two subnets are one of IPv4 and one of IPv6',
    );
  }
  for (const [index, node] of nodes.entries()) {
    const path = ['nodes', index, 'addresses'];
    const ips = node.addresses.flatMap((address) => ('ip' in address ? [address.ip] : []));
    for (const ip of ips.filter((one) => serviceSubnets.some((subnet) => contains(subnet, one)))) {
      yield warning(
        path,
        `${ip} of ${node.name} lies within the services' addresses`,
        'nodes and services need ranges of their own',
      );
    }
    const [first] = ips;
    const [primary] = families;
    if (
      first !== undefined &&
      primary !== undefined &&
      familyOf(first) !== primary &&
      controlPlanes(nodes).includes(node)
    ) {
      yield warning(
        path,
        `${node.name} advertises an IPv${familyOf(first)} address and the first service subnet is of IPv${primary}`,
        'the API server wants both of one family',
      );
    } else {
      const missing =
        ips.length === 0 ? undefined : families.find((family) => !ips.some((ip) => familyOf(ip) === family));
      if (missing !== undefined) yield warning(path, `${node.name} has no IPv${missing} address, and services have`);
    }
  }
}

function controlPlanes(nodes: Nodes): Nodes {
  return nodes.filter((node) => rolesOf(node, nodes).includes('control-plane'));
}
