import { isIP } from 'node:net';
import { issuedBy, parseEndpoint } from '@kubepki/core';
import { type Manifest, readManifest } from './manifest.ts';
import type { Seen, View } from './views.ts';

type Names = { readonly dns: readonly string[]; readonly ips: readonly string[] };
type Endpoint = { readonly host: string; readonly port?: number };

/** What an old PKI tells of one node. */
export type NodeFacts = {
  readonly view: View;
  readonly name: string | undefined;
  readonly roles: readonly ('control-plane' | 'etcd' | 'worker')[];
  /** The address that it advertises. */
  readonly advertised: string | undefined;
  /** Its other addresses, so far as a certificate of its own has them. */
  readonly addresses: readonly string[];
  /** Where its API server answers on the node, and where people reach the control plane. */
  readonly local: Endpoint | undefined;
  readonly endpoint: Endpoint | undefined;
  readonly apiserver: Seen | undefined;
  readonly manifest: Manifest;
};

const loopbacks: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '::1']);

export function nodeFacts(view: View): NodeFacts {
  const apiserver = view.certificate('apiserver');
  const member = view.certificate('etcd/server') ?? view.certificate('etcd/peer');
  const manifest = readManifest(view.manifest('kube-apiserver'));
  const local = serverOf(view, ['controller-manager', 'scheduler']);
  const controlPlane = apiserver !== undefined || view.kubeconfig('controller-manager') !== undefined;
  const serving = servingOf(view);
  const own = [...withoutLoopbacks(member).ips, ...withoutLoopbacks(serving).ips];
  const flag = manifest.flags.get('--advertise-address');
  const advertised = flag ?? (local !== undefined && isIP(local.host) !== 0 ? local.host : undefined) ?? own[0];
  const name = view.node;
  const names = [...withoutLoopbacks(member).dns, ...withoutLoopbacks(serving).dns].filter((dns) => dns !== name);
  return {
    view,
    name,
    roles: controlPlane ? ['control-plane'] : member === undefined ? ['worker'] : ['etcd'],
    advertised,
    addresses: [...new Set([...own, ...names])].filter((address) => address !== advertised),
    local,
    endpoint: serverOf(view, ['admin', 'super-admin', ...(controlPlane ? [] : ['kubelet'])]),
    apiserver,
    manifest,
  };
}

/** The certificate that a kubelet serves, where the cluster's authority signed it: else it made one itself. */
export function servingOf(view: View): Seen | undefined {
  const serving = view.certificate('kubelet/server');
  const ca = view.certificate('ca')?.certificate;
  const issued = serving !== undefined && ca !== undefined && issuedBy(serving.certificate, ca);
  return issued ? serving : undefined;
}

/** The names of a certificate that are not those of every machine. */
export function withoutLoopbacks(seen: Seen | undefined): Names {
  const own = (name: string) => !loopbacks.has(name);
  return { dns: (seen?.details.sans.dns ?? []).filter(own), ips: (seen?.details.sans.ips ?? []).filter(own) };
}

/** The server of the first kubeconfig that is there. */
function serverOf(view: View, names: readonly string[]): Endpoint | undefined {
  for (const name of names) {
    const server = view
      .kubeconfig(name)
      ?.server?.replace(/^https:\/\//, '')
      .replace(/\/.*$/, '');
    const parsed = server === undefined ? undefined : parseEndpoint(server);
    if (parsed?.ok) return parsed.value;
  }
  return undefined;
}
