import { k0s } from './k0s.ts';
import { k3s, rke2 } from './k3s.ts';
import { kops } from './kops.ts';
import { kubernetes } from './kubernetes.ts';
import type { Distribution } from './names.ts';
import type { DistributionPreset } from './preset.ts';
import { talos } from './talos.ts';

/** The distributions that a cluster file can name. */
export const distributions: Readonly<Record<Distribution, DistributionPreset>> = {
  kubernetes,
  k3s,
  rke2,
  k0s,
  kops,
  talos,
};
