/** The distributions by name. */
export const distributionNames = ['kubernetes', 'k3s', 'rke2', 'k0s', 'kops', 'talos'] as const;

/** A distribution that a cluster file can name. */
export type Distribution = (typeof distributionNames)[number];
