import { type Certificate, describe, PkiError, parseCertificates } from '@kubepki/core';
import { readOldKubeconfig } from './kubeconfig.ts';
import type { OldPlace } from './place.ts';

const identity = 'system:node:';

/** The first certificate of a file; undefined where there is none that can be read. */
export function certificateAt(place: OldPlace, path: string): Certificate | undefined {
  return attempted(() => {
    const text = place.text(path);
    return text === undefined ? undefined : parseCertificates(text, path)[0];
  });
}

/** What a function gives, or undefined where something cannot be read. */
export function attempted<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (error instanceof PkiError) return undefined;
    throw error;
  }
}

/** The common name of a certificate. */
export function commonNameOf(certificate: Certificate | undefined): string | undefined {
  return certificate && describe(certificate).subject.find(({ type }) => type === 'CN')?.value;
}

/**
 * The node that a place is of, by the kubelet's identity, or else by the names of etcd's and the API server's
 * certificates; undefined where nothing tells it.
 */
export function nodeNameOf(place: OldPlace): string | undefined {
  if (place.form === 'flat') return undefined;
  return kubeletName(place) ?? etcdName(place) ?? apiserverName(place);
}

function kubeletName(place: OldPlace): string | undefined {
  const conf = attempted(() => readOldKubeconfig(place, '/etc/kubernetes/kubelet.conf'));
  const pem = conf?.certificate;
  const own = pem && attempted(() => parseCertificates(pem.text, pem.where)[0]);
  const client = own ?? certificateAt(place, '/var/lib/kubelet/pki/kubelet-client-current.pem');
  const names = [attempted(() => commonNameOf(client)), conf?.user];
  return names.find((name) => name?.startsWith(identity))?.slice(identity.length);
}

function etcdName(place: OldPlace): string | undefined {
  const certificate = certificateAt(place, `/etc/kubernetes/pki/etcd/server.${place.names}`);
  const name = attempted(() => commonNameOf(certificate));
  // The recipes of Kubernetes' documentation call every member alike.
  return name === 'kube-etcd' ? undefined : name;
}

/** Of its names the one that is neither the service's nor the loopback's: kubeadm puts the node's first or alone. */
function apiserverName(place: OldPlace): string | undefined {
  const certificate = certificateAt(place, `/etc/kubernetes/pki/apiserver.${place.names}`);
  const names = (certificate && attempted(() => describe(certificate).sans.dns)) ?? [];
  const own = names.filter((name) => !/^(kubernetes(\.|$)|localhost$)/.test(name) && !name.includes('.'));
  return own.length === 1 ? own[0] : undefined;
}
