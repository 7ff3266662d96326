import { nodeOf, type Spec } from './spec.ts';

/**
 * Whether a selector means a spec: `apiserver` (all of that name), `apiserver@cp-1` (one), `@cp-1` (all
 * of a node). kubeadm's spellings are read too: `etcd-server`, `admin.conf`.
 */
export function selects(selector: string, spec: Spec): boolean {
  const at = selector.indexOf('@');
  const name = at < 0 ? selector : selector.slice(0, at);
  const node = at < 0 ? undefined : selector.slice(at + 1);
  if (node !== undefined && nodeOf(spec) !== node) return false;
  return name === '' ? node !== undefined : spec.name === name || kubeadmNames(spec.name).includes(name);
}

/** `etcd/server` is `etcd-server` to kubeadm, and what lies in a kubeconfig goes by its file's name. */
function kubeadmNames(name: string): readonly string[] {
  if (name === 'kubelet/client') return ['kubelet.conf'];
  return [name.replace('/', '-'), `${name}.conf`];
}
