type Size = {
  readonly controlPlanes: number;
  readonly workers: number;
  readonly keys: 'ecdsa-p256' | 'rsa-2048';
  readonly profile?: 'strict' | 'kubeadm';
};

/** A cluster file with that many control planes and workers, as text. */
export function clusterFile(size: Size): string {
  const { nodes, ...head } = clusterValue(size);
  return [
    ...Object.entries(head).map(([name, value]) => `${name}: ${value}`),
    'nodes:',
    ...nodes.map(
      ({ name, roles, addresses }) => `  - {name: ${name}, roles: [${roles.join(', ')}], addresses: [${addresses}]}`,
    ),
    '',
  ].join('\n');
}

/** The same as a value, as a config may have it. */
export function clusterValue({ controlPlanes, workers, keys, profile = 'strict' }: Size) {
  const alone = workers === 0 && controlPlanes === 1;
  const planes = Array.from({ length: controlPlanes }, (_, index) => ({
    name: `cp-${index + 1}`,
    roles: ['control-plane', ...(alone ? ['worker'] : [])],
    addresses: [`10.0.0.${index + 11}`],
  }));
  const others = Array.from({ length: workers }, (_, index) => ({
    name: `w-${index + 1}`,
    roles: ['worker'],
    addresses: [`10.${1 + (index >> 14)}.${(index >> 7) & 127}.${(index & 127) + 1}`],
  }));
  return { name: 'bench', controlPlaneEndpoint: 'api.example.internal', profile, keys, nodes: [...planes, ...others] };
}
