/** Whose a node's files are, and who may read them: values, applied over what emitters say. */
export type Permissions = {
  /** Whose all files are of which nothing else is said. Where it is missing nothing is said, and they are root's. */
  readonly owner?: string;
  /** The users as whom processes run, each with a group of its own name. Others run as root. */
  readonly users: Readonly<Record<string, string>>;
  /** Groups for what several of those users read. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  /** The most that the modes of files allow. */
  readonly atMost?: { readonly secret: number; readonly other: number };
  /** Folders of a node that everybody may enter, with those in them. */
  readonly open: readonly string[];
};

/** As kubeadm leaves them: keys and kubeconfigs 0600, certificates 0644, and all of it root's. */
const kubeadm: Permissions = { users: {}, groups: {}, open: [] };

/**
 * CIS Kubernetes Benchmark 1.12: 1.1.13 to 1.1.21 for control planes, 4.1.3 to 4.1.8 for workers. etcd's data, of which
 * 1.1.11 and 1.1.12 speak, is none of these files.
 */
const cis: Permissions = { ...kubeadm, owner: 'root', atMost: { secret: 0o600, other: 0o644 } };

/**
 * KEP-2568, with the names and modes of kubeadm's feature gate RootlessControlPlane (kubernetes
 * cmd/kubeadm/app/constants/constants.go, cmd/kubeadm/app/util/staticpod/utils_linux.go).
 */
const rootless: Permissions = {
  owner: 'root',
  users: {
    etcd: 'kubeadm-etcd',
    'kube-apiserver': 'kubeadm-kas',
    'kube-controller-manager': 'kubeadm-kcm',
    'kube-scheduler': 'kubeadm-ks',
  },
  groups: { 'kubeadm-sa-key-readers': ['kubeadm-kas', 'kubeadm-kcm'] },
  open: ['/etc/kubernetes/pki'],
};

/** The profiles of permissions that a cluster file can name. */
export const permissionProfiles = { kubeadm, cis, rootless } as const satisfies Readonly<Record<string, Permissions>>;

/** The name of such a profile. */
export type PermissionsName = keyof typeof permissionProfiles;

/** Their names, in the order in which they are told. */
export const permissionNames = Object.keys(permissionProfiles) as readonly PermissionsName[];
