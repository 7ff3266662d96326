import { parseVersion } from '@kubepki/core';
import { type DraftField, field } from './draft.ts';
import type { NodeFacts } from './node.ts';

/** The release whose rules a PKI follows: by the manifest, or guessed from what changed between releases. */
export function versionField(nodes: readonly NodeFacts[]): DraftField {
  const told = nodes.flatMap(({ manifest }) => manifest.version ?? [])[0];
  if (told !== undefined && parseVersion(told).ok) return { value: told };
  const [value, why] = guessed(nodes);
  const before = told === undefined ? '' : `the API server is ${told}, which is older than all that are known; `;
  return field(
    value,
    `${before}guessed from ${why}; write the version of kubeadm that made or last renewed the certificates`,
  ) as DraftField;
}

/** kubernetes cmd/kubeadm/app/phases/certs/certlist.go and kubernetes/kubernetes#121837, #138957. */
function guessed(nodes: readonly NodeFacts[]): readonly [version: string, why: string] {
  const plane = nodes.find(({ apiserver }) => apiserver !== undefined)?.view;
  const subject = plane?.certificate('apiserver-kubelet-client')?.details.subject;
  const group = subject?.find(({ type }) => type === 'O')?.value;
  if (group === 'system:masters') return ['1.28', 'the group system:masters of apiserver-kubelet-client'];
  if (group === 'kubeadm:cluster-admins') {
    const local = nodes.some(({ view, local: own, endpoint, roles }) => {
      const server = view.kubeconfig('kubelet')?.server;
      return (
        roles.includes('control-plane') && own?.host !== endpoint?.host && server?.includes(own?.host ?? '//') === true
      );
    });
    return local
      ? ['1.34.7', 'the group of apiserver-kubelet-client and the local server of kubelet.conf']
      : ['1.32', 'the group kubeadm:cluster-admins of apiserver-kubelet-client'];
  }
  if (subject === undefined) return ['1.37', 'nothing, as no certificate tells it'];
  return ['1.37', 'apiserver-kubelet-client, which has no group'];
}
