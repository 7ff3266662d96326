/**
 * What the fields of kubeadm's configuration are to a PKI (cmd/kubeadm/app/apis/kubeadm/v1beta3 and v1beta4, types.go):
 * `read` is written into the cluster file, `other` does not concern it. What stands in neither is a warning.
 */
export const kubeadmFields: Readonly<
  Record<string, { readonly read: readonly string[]; readonly other: readonly string[] }>
> = {
  ClusterConfiguration: {
    read: [
      'clusterName',
      'kubernetesVersion',
      'controlPlaneEndpoint',
      'networking.dnsDomain',
      'networking.serviceSubnet',
      'apiServer.certSANs',
      'etcd.local.serverCertSANs',
      'etcd.local.peerCertSANs',
      'etcd.external.endpoints',
      'etcd.external.caFile',
      'etcd.external.certFile',
      'etcd.external.keyFile',
      'encryptionAlgorithm',
      'certificateValidityPeriod',
      'caCertificateValidityPeriod',
      'certificatesDir',
      'featureGates.PublicKeysECDSA',
    ],
    other: [
      'apiVersion',
      'kind',
      'networking.podSubnet',
      'imageRepository',
      'featureGates',
      'dns',
      'proxy',
      'scheduler',
      'controllerManager',
      'apiServer.extraArgs',
      'apiServer.extraVolumes',
      'apiServer.extraEnvs',
      'apiServer.timeoutForControlPlane',
      'etcd.local.dataDir',
      'etcd.local.extraArgs',
      'etcd.local.extraEnvs',
      'etcd.local.imageRepository',
      'etcd.local.imageTag',
      'etcd.external.httpEndpoints',
    ],
  },
  InitConfiguration: {
    read: ['nodeRegistration.name', 'localAPIEndpoint.advertiseAddress', 'localAPIEndpoint.bindPort'],
    other: [
      'apiVersion',
      'kind',
      'bootstrapTokens',
      'nodeRegistration',
      'certificateKey',
      'skipPhases',
      'patches',
      'dryRun',
      'timeouts',
    ],
  },
  JoinConfiguration: {
    read: [
      'nodeRegistration.name',
      'controlPlane.localAPIEndpoint.advertiseAddress',
      'controlPlane.localAPIEndpoint.bindPort',
    ],
    other: [
      'apiVersion',
      'kind',
      'caCertPath',
      'discovery',
      'nodeRegistration',
      'controlPlane.certificateKey',
      'skipPhases',
      'patches',
      'dryRun',
      'timeouts',
    ],
  },
};

/** Flags of the API server that name certificates or keys: with them kubeadm's own are not what is used. */
export const certificateFlags =
  /^(tls-(cert|private-key)-file|client-ca-file|etcd-(ca|cert|key)file|kubelet-client-.*|kubelet-certificate-authority|proxy-client-.*|requestheader-client-ca-file|service-account-.*|service-cluster-ip-range|advertise-address|secure-port|cert-file|key-file|trusted-ca-file|peer-.*-file|cluster-signing-.*|root-ca-file)$/;

/** kubeadm's names of algorithms (constants.go), and kubepki's. */
export const algorithms: Readonly<Record<string, string>> = {
  'RSA-2048': 'rsa-2048',
  'RSA-3072': 'rsa-3072',
  'RSA-4096': 'rsa-4096',
  'ECDSA-P256': 'ecdsa-p256',
  'ECDSA-P384': 'ecdsa-p384',
};
