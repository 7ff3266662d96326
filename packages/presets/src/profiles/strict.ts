import { formatDuration } from '@kubepki/core';
import { nodesLayout } from '../layouts/nodes.ts';
import type { ProfilePreset } from './preset.ts';

// Nothing can take system:masters back, so it lives only as long as an emergency.
const emergency = 30 * 86_400;

/** What the RFCs call right, with least content on each node. */
export const strict: ProfilePreset = {
  algorithm: 'ecdsa-p256',
  off: [
    'konnectivity',
    'etcd-clients',
    'webhook',
    'secrets',
    'kubeadm-certs',
    'cluster-api',
    'oidc',
    'bootstrap',
    'authorities',
    'talos',
  ],
  options: (_cluster, { leaves }) => ({ admin: { superAdminValidity: formatDuration(Math.min(leaves, emergency)) } }),
  policies: [],
  staggers: true,
  layout: nodesLayout,
};
