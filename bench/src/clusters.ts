/** A cluster file with that many control planes and workers, as text. */
export function clusterFile({
  controlPlanes,
  workers,
  keys,
  profile = 'strict',
}: {
  readonly controlPlanes: number;
  readonly workers: number;
  readonly keys: 'ecdsa-p256' | 'rsa-2048';
  readonly profile?: 'strict' | 'kubeadm';
}): string {
  const node = (name: string, role: string, ip: string) => `  - {name: ${name}, roles: [${role}], addresses: [${ip}]}`;
  const role = workers === 0 && controlPlanes === 1 ? 'control-plane, worker' : 'control-plane';
  return [
    'name: bench',
    'controlPlaneEndpoint: api.example.internal',
    `profile: ${profile}`,
    `keys: ${keys}`,
    'nodes:',
    ...Array.from({ length: controlPlanes }, (_, index) => node(`cp-${index + 1}`, role, `10.0.0.${index + 11}`)),
    ...Array.from({ length: workers }, (_, index) =>
      node(`w-${index + 1}`, 'worker', `10.${1 + (index >> 14)}.${(index >> 7) & 127}.${(index & 127) + 1}`),
    ),
    '',
  ].join('\n');
}
