import type { DistributionPreset } from './preset.ts';

/** Kubernetes as it comes, every certificate made here. */
export const kubernetes: DistributionPreset = { emitters: [], options: {} };
