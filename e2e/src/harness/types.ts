import type { Part, Parts } from '../parts.ts';

/** One process of a node as `kubepki plan --flags --json` describes it: what of the PKI it reads. */
export type Process = {
  readonly node: string;
  readonly process: string;
  readonly flags: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, string>>;
};

export type Host = {
  readonly name: string;
  /** IP addresses and further DNS names; the first IP is the advertised one. */
  readonly addresses: readonly string[];
  /** The folder that is laid out as on the node's `/`. */
  readonly root?: string;
};

/** A kubeconfig and the node it is used on; without a node it is a person's, used from elsewhere. */
export type Kubeconfig = { readonly file: string; readonly node?: string };

export type Boot = {
  readonly parts: Parts;
  readonly hosts: readonly Host[];
  readonly processes: readonly Process[];
  /** Instead of roots: the one folder from which relative paths count, which stands on a node as /etc/kubernetes. */
  readonly folder?: string;
  /** The host of the control-plane endpoint: it leads to the first control plane. */
  readonly endpoint?: string;
  readonly serviceSubnets: readonly string[];
  readonly kubeconfigs: readonly Kubeconfig[];
  /** It may do everything from the start; `admin` may once the bindings are there, and does all that follows. */
  readonly superAdmin: string;
  readonly admin: string;
  /** Manifests with the bindings of these credentials; without them, those that `kubeadm init` makes. */
  readonly bindings?: string;
  /** Names and addresses at which each API server has to be who it says. */
  readonly names: Readonly<Record<string, readonly string[]>>;
  /** Names and addresses of the API inside the cluster, which nothing here routes: each server has to be them too. */
  readonly serviceNames: readonly string[];
  /** Connections that are tried, whatever becomes of them. */
  readonly trials?: readonly Trial[];
  /** Manifests that are applied, in place of all else that is looked at. */
  readonly manifests?: Manifests;
  /** Whom a token of a service account is issued for, in place of all else that is looked at. */
  readonly audience?: string;
  /** An empty folder of the boot's own. */
  readonly work: string;
};

export type Manifests = {
  /** The files, by their names in a report. */
  readonly files: Readonly<Record<string, string>>;
  /** A machine that is to become a control plane: it fetches what is shared by a certificate key. */
  readonly joins?: {
    readonly node: string;
    readonly address: string;
    readonly certificateKey: string;
    /** Where etcd is, as kubeadm is told; by itself it runs beside the API server. */
    readonly etcd?: object;
    /** The files that it is to have in /etc/kubernetes/pki, and where the same lie here. */
    readonly wanted: Readonly<Record<string, string>>;
  };
};

/** A client that tries a server. Its key is one of a test's own. */
export type Trial = {
  readonly client: string;
  readonly server: string;
  readonly process: 'kube-apiserver' | 'kubelet' | 'etcd' | 'etcd peer';
  readonly host: string;
  readonly port: number;
  /** The node from which it comes; without one from elsewhere. */
  readonly from?: string | undefined;
  readonly ca: string;
  readonly cert?: string;
  readonly key?: string;
};

/** What a boot prints, a line each: something that was seen, that all was, or why it ended. */
export type Line =
  | { readonly what: What; readonly of: string; readonly is: string }
  | { readonly done: true }
  | { readonly failed: string; readonly log: string };

export type What =
  | 'API server'
  | 'identity'
  | 'member'
  | 'gateway'
  | 'front proxy'
  | 'leader'
  | 'node'
  | 'kubelet'
  | 'token'
  | 'signed request'
  | 'renewal'
  | 'trial'
  | 'limit'
  | 'manifest'
  | 'fetched'
  | 'issued';

export type See = (what: What, of: string, is: string) => void;

/** The part without which a thing cannot be seen. */
export const neededFor: Partial<Record<What, Part>> = {
  member: 'etcdctl',
  leader: 'kube-controller-manager',
  node: 'kubelet',
  kubelet: 'kubelet',
  token: 'kube-controller-manager',
  'signed request': 'kube-controller-manager',
  renewal: 'kube-controller-manager',
};
