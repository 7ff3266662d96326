import type { Layout } from '@kubepki/core';
import { flatLayout } from './flat.ts';
import type { FileNames } from './names.ts';

// The names of the openssl recipe (`crt`) and of the cfssl recipe (`pem`) of Kubernetes' documentation
// (kubernetes/website content/en/docs/tasks/administer-cluster/certificates.md), and for the rest those of their flags.
const recipeNames: Readonly<Record<string, string>> = {
  apiserver: 'server',
  'controller-manager': 'kube-controller-manager',
  scheduler: 'kube-scheduler',
  sa: 'service-account',
  'etcd/server': 'etcd',
  'etcd/peer': 'etcd-peer',
  'kubelet/server': 'kubelet',
};

/** Everything in one folder, under the names of recipes for openssl and cfssl. */
export function recipesLayout({ names = 'crt' }: { readonly names?: FileNames } = {}): Layout {
  return flatLayout({ names, plain: recipeNames });
}
