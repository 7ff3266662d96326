/** A cluster file to start from. What is commented out without a space is the default or an example. */
export const starterFile = `# The cluster whose certificates kubepki makes. These three lines are enough for a cluster of one node.
nodes:
  - name: cp-1
    addresses: [10.0.0.11]
# With more nodes each says what it does; control planes run etcd, unless nodes have the role etcd.
#    roles: [control-plane, worker]
#  - name: w-1
#    roles: [worker]
#    addresses: [10.0.0.21, w-1.example.internal]

# The cluster's name in kubeconfigs. It stays: a tree of certificates belongs to one name.
#name: kubernetes

# From "1.28" to "1.37"; a patch release counts too.
#kubernetesVersion: "1.37"

# Where clients reach the control plane. Name one before you have several control planes.
#controlPlaneEndpoint: api.example.internal:6443

#dnsDomain: cluster.local
#serviceSubnets: [10.96.0.0/12, "fd00:10:96::/112"]

# On the nodes, or external: made by somebody else.
#etcd: nodes

# Either separate (ca, etcd/ca and front-proxy-ca) or single (one for everything).
#authorities: separate

# Has the API server client certificates of its own (dedicated) or does it present its serving one (serving)?
#apiserverClients: dedicated

# As the RFCs have it (strict), or as kubeadm of that version writes it (kubeadm).
#profile: strict

# Servers' certificates are made here (kubernetes), or by k3s, rke2, k0s, kops, talos.
#distribution: kubernetes

# One for all, or {authorities, leaves, serviceAccounts}: ecdsa-p256, ecdsa-p384, rsa-2048, rsa-3072, rsa-4096.
#keys: ecdsa-p256

# Durations as Go writes them, and d and y (365 days).
#validity: {authorities: 10y, leaves: 1y, backdate: 5m, renewBefore: 30d}

# Exceptions by name, or by name@node.
#certificates:
#  apiserver@cp-1: {sans: [api.example.com]}

# A folder for each node (nodes) or one folder (flat, recipes); x.crt and x.key (crt) or x.pem and x-key.pem (pem).
#layout: {tree: nodes, names: crt}

# Whose a node's files are: root's (kubeadm), as the CIS benchmark checks (cis), or each process's user's (rootless).
#permissions: kubeadm

# More people, each with a kubeconfig.
#users:
#  - {name: jane, groups: [developers], validity: 90d}
`;
