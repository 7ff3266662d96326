import { type Certificate, type Details, describe } from '@kubepki/core';
import { attempted, certificateAt, nodeNameOf } from '../old/identify.ts';
import { type OldKubeconfig, readOldKubeconfig } from '../old/kubeconfig.ts';
import type { OldPlace } from '../old/place.ts';

/** A certificate with what it says. */
export type Seen = { readonly certificate: Certificate; readonly details: Details };

/** What an old PKI has of one node, by kubepki's names, wherever it lies. */
export type View = {
  readonly place: OldPlace;
  readonly node: string | undefined;
  certificate(name: string): Seen | undefined;
  kubeconfig(name: string): OldKubeconfig | undefined;
  /** Where a file of a pair really lies; undefined where there is none, or in an archive. */
  file(name: string, part: 'certificate' | 'key'): string | undefined;
  key(name: string): string | undefined;
  /** The text of a static pod's manifest. */
  manifest(name: string): string | undefined;
};

/** kubepki's flat form has plain names for some; the others have - for /. */
const flatNames: Readonly<Record<string, string>> = {
  'etcd/server': 'etcdserver',
  'etcd/peer': 'etcdpeer',
  'kubelet/server': 'kubelet',
};

/** One view a node. A folder that has all files of a cluster is one of each of its nodes. */
export function viewsOf(places: readonly OldPlace[]): readonly View[] {
  return places.flatMap((place) => (place.form === 'flat' ? flatViews(place) : [nodeView(place)]));
}

function nodeView(place: OldPlace): View {
  const folder = (name: string) =>
    name === 'kubelet/server' ? '/var/lib/kubelet/pki/kubelet' : `/etc/kubernetes/pki/${name}`;
  return view(place, {
    node: place.node ?? nodeNameOf(place),
    base: folder,
    conf: (name) => `/etc/kubernetes/${name}.conf`,
  });
}

/** What stands behind the names of files that each node has one of, in front of their ending. */
const nodeSuffix =
  /^(?:apiserver-(?!kubelet-client|etcd-client)(.+)|etcdserver-(.+)|kubelet-(.+(?=\.conf)))(?<!-key)\.(?:crt|pem|conf)$/;

function flatViews(place: OldPlace): readonly View[] {
  const paths = new Set(place.paths());
  const suffixes = [...paths].flatMap(
    (path) =>
      nodeSuffix
        .exec(path)
        ?.slice(1)
        .find((each) => each !== undefined) ?? [],
  );
  const nodes = [...new Set(suffixes)];
  const one = (suffix: string, node?: string) =>
    view(place, {
      node,
      base: (name) => {
        const plain = flatNames[name] ?? name.replaceAll('/', '-');
        return paths.has(`${plain}${suffix}.${place.names}`) ? `${plain}${suffix}` : plain;
      },
      conf: (name) => (paths.has(`${name}${suffix}.conf`) ? `${name}${suffix}.conf` : `${name}.conf`),
    });
  if (nodes.length > 0) return nodes.map((node) => one(`-${node}`, node));
  const only = one('');
  const identity = only.kubeconfig('kubelet')?.user?.replace(/^system:node:/, '');
  return [{ ...only, node: place.node ?? identity }];
}

function view(
  place: OldPlace,
  { node, base, conf }: { readonly node: string | undefined; base(name: string): string; conf(name: string): string },
): View {
  const path = (name: string, part: 'certificate' | 'key') => {
    if (part === 'certificate') return `${base(name)}.${place.names}`;
    return place.names === 'crt' ? `${base(name)}.key` : `${base(name)}-key.pem`;
  };
  return {
    place,
    node,
    certificate: once((name) => seen(certificateAt(place, path(name, 'certificate')))),
    kubeconfig: once((name) => attempted(() => readOldKubeconfig(place, conf(name)))),
    file: (name, part) => (place.text(path(name, part)) === undefined ? undefined : place.real(path(name, part))),
    key: (name) => place.text(path(name, 'key')),
    manifest: (name) => (place.form === 'flat' ? undefined : place.text(`/etc/kubernetes/manifests/${name}.yaml`)),
  };
}

/** What is asked for several times is read once. */
function once<T>(read: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    if (!known.has(name)) known.set(name, read(name));
    return known.get(name) as T;
  };
}

/** A certificate that cannot be read tells nothing. */
export function seen(certificate: Certificate | undefined): Seen | undefined {
  const details = certificate && attempted(() => describe(certificate));
  return certificate && details && { certificate, details };
}
