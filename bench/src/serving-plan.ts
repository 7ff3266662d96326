import type { Layout, Plan } from '@kubepki/core';
import { assemble, clusterFileSchema, readClusterFile } from '@kubepki/presets';
import { clusterFile } from './clusters.ts';

/** The plan of so many kubelet serving certificates and their authorities, and nothing else. */
export function servingPlan(count: number, keys: 'ecdsa-p256' | 'rsa-2048' = 'ecdsa-p256'): Plan {
  const text = clusterFile({ controlPlanes: 1, workers: count - 1, keys });
  const { file, facts } = readClusterFile(text, { schema: clusterFileSchema });
  const { plan } = assemble(file, facts);
  return { ...plan, specs: plan.specs.filter(({ kind, name }) => kind === 'authority' || name === 'kubelet/server') };
}

/** A folder for each, with certificate and key, as the loop in Go has it. */
export const pairs: Layout = {
  path: ({ spec, part }) =>
    part === 'certificate' || part === 'key'
      ? `${spec.id.replaceAll('/', '-')}/tls.${part === 'certificate' ? 'crt' : 'key'}`
      : undefined,
  shared: () => undefined,
  installed: () => undefined,
  folderMode: () => 0o755,
};
