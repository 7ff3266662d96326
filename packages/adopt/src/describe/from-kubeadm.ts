import { type Json, PkiError, type Problem, parseDuration } from '@kubepki/core';
import { fieldOf, listOf } from '../old/fields.ts';
import { planOf } from './describe.ts';
import { documentsOf, type KubeadmDocument } from './documents.ts';
import { type Draft, type DraftField, type DraftNode, field, fieldsOf } from './draft.ts';
import { algorithms, kubeadmFields } from './kubeadm-fields.ts';
import { kubeadmWarnings } from './kubeadm-warnings.ts';
import { textOfDraft } from './text.ts';

/** A cluster file that means what kubeadm's configuration does, and what of that was not understood. */
export type KubeadmText = { readonly text: string; readonly warnings: readonly Problem[] };

/**
 * Writes the cluster file for a configuration of kubeadm: its ClusterConfiguration, and the nodes of Init- and
 * JoinConfigurations in the same text.
 * @throws PkiError INIT_KUBEADM, YAML_INVALID, INIT_UNDESCRIBED
 */
export function kubeadmTextOf(text: string, fileName: string): KubeadmText {
  const documents = documentsOf(text, fileName);
  const known = documents.filter(({ kind }) => kubeadmFields[kind] !== undefined);
  if (known.length === 0) {
    throw new PkiError(
      'INIT_KUBEADM',
      `${fileName}: it holds no ClusterConfiguration, InitConfiguration or JoinConfiguration`,
      {
        hint: 'kubeadm config print init-defaults prints one',
      },
    );
  }
  const draft = draftOf(known, fileName);
  const written = textOfDraft(draft);
  planOf(written);
  return { text: written, warnings: [...kubeadmWarnings(known), ...(draft.nodesWhy === undefined ? [] : [noNodes])] };
}

const noNodes: Problem = {
  where: 'nodes',
  message: 'the configuration names no node, so the one in the cluster file is an example',
  hint: 'write the nodes into it: the ConfigMap kubeadm-config does not know them; kubectl get nodes -o wide does',
};

function draftOf(documents: readonly KubeadmDocument[], fileName: string): Draft {
  const cluster = documents.find(({ kind }) => kind === 'ClusterConfiguration');
  const nodes = documents.flatMap((one) => nodeOf(one) ?? []);
  const text = (...path: readonly string[]) => cluster?.text(...path);
  const but = (usual: string, value: string | undefined) => field(value === usual ? undefined : value);
  const subnets = text('networking', 'serviceSubnet')
    ?.split(',')
    .map((subnet) => subnet.trim());
  const version = text('kubernetesVersion');
  const release = version === undefined ? undefined : /^v?1\.\d+(\.\d+)?/.exec(version)?.[0]?.replace(/^v/, '');
  return {
    from: fileName,
    nodes: nodes.length > 0 ? nodes : [{ name: 'cp-1', roles: ['control-plane'], addresses: ['10.0.0.11'] }],
    ...(nodes.length > 0 ? {} : { nodesWhy: 'An example: the configuration names no node. Write the real ones here.' }),
    fields: fieldsOf({
      name: but('kubernetes', text('clusterName')),
      profile: field('kubeadm'),
      kubernetesVersion:
        release === undefined
          ? field(
              '1.37',
              `guessed: the configuration says ${version === undefined ? 'nothing' : JSON.stringify(version)}; write the version of kubeadm`,
            )
          : field(release),
      controlPlaneEndpoint: field(text('controlPlaneEndpoint')),
      dnsDomain: but('cluster.local', text('networking', 'dnsDomain')),
      serviceSubnets: subnets === undefined || subnets.join() === '10.96.0.0/12' ? undefined : field(subnets),
      etcd: etcdOf(cluster),
      keys: keysOf(cluster),
      validity: validityOf(cluster),
      components: componentsOf(cluster, documents),
    }),
  };
}

/** A worker that joins has no address of its own in it. */
function nodeOf({ kind, text, value }: KubeadmDocument): DraftNode | undefined {
  const name = text('nodeRegistration', 'name');
  const at = kind === 'InitConfiguration' ? ['localAPIEndpoint'] : ['controlPlane', 'localAPIEndpoint'];
  const address = kind === 'ClusterConfiguration' ? undefined : text(...at, 'advertiseAddress');
  if (kind === 'ClusterConfiguration' || name === undefined) return undefined;
  const plane = kind === 'InitConfiguration' || fieldOf(value, 'controlPlane') !== undefined;
  // kubeadm lower-cases names of nodes (util/node.go, GetHostname).
  return {
    name: name.toLowerCase(),
    roles: [plane ? 'control-plane' : 'worker'],
    addresses: address === undefined ? [] : [address],
  };
}

function etcdOf(cluster: KubeadmDocument | undefined): DraftField | undefined {
  if (fieldOf(cluster?.value, 'etcd', 'external') === undefined) return undefined;
  const endpoints = listOf(cluster?.value, 'etcd', 'external', 'endpoints').map(String);
  return field(
    endpoints.length === 0 ? 'external' : { external: { endpoints } },
    'Its owner gives the API servers what they need to reach it, as with kubeadm.',
  );
}

function keysOf(cluster: KubeadmDocument | undefined): DraftField | undefined {
  const asked = algorithms[cluster?.text('encryptionAlgorithm') ?? ''];
  const gate = fieldOf(cluster?.value, 'featureGates', 'PublicKeysECDSA') === true ? 'ecdsa-p256' : undefined;
  const keys = asked ?? gate;
  return field(keys === 'rsa-2048' ? undefined : keys);
}

function validityOf(cluster: KubeadmDocument | undefined): DraftField | undefined {
  const life = (name: string, usual: number) => {
    const text = cluster?.text(name);
    const parsed = text === undefined ? undefined : parseDuration(text);
    return parsed?.ok && parsed.value !== usual ? text : undefined;
  };
  const authorities = life('caCertificateValidityPeriod', 87_600 * 3600);
  const leaves = life('certificateValidityPeriod', 8760 * 3600);
  if (authorities === undefined && leaves === undefined) return undefined;
  return field({ ...(authorities === undefined ? {} : { authorities }), ...(leaves === undefined ? {} : { leaves }) });
}

function componentsOf(
  cluster: KubeadmDocument | undefined,
  documents: readonly KubeadmDocument[],
): DraftField | undefined {
  const ports = documents.flatMap(({ value }) => [
    fieldOf(value, 'localAPIEndpoint', 'bindPort'),
    fieldOf(value, 'controlPlane', 'localAPIEndpoint', 'bindPort'),
  ]);
  const port = ports.find((one) => typeof one === 'number' && one !== 6443) as number | undefined;
  const sans = (...path: readonly string[]) => listOf(cluster?.value, ...path).map(String);
  const [api, server, peer] = [
    sans('apiServer', 'certSANs'),
    sans('etcd', 'local', 'serverCertSANs'),
    sans('etcd', 'local', 'peerCertSANs'),
  ];
  const apiserver: Json = { ...(port === undefined ? {} : { port }), ...(api.length > 0 ? { sans: api } : {}) };
  const etcd: Json = {
    ...(server.length > 0 ? { serverSans: server } : {}),
    ...(peer.length > 0 ? { peerSans: peer } : {}),
  };
  const value = {
    ...(Object.keys(apiserver).length > 0 ? { apiserver } : {}),
    ...(Object.keys(etcd).length > 0 ? { etcd } : {}),
  };
  return field(Object.keys(value).length > 0 ? value : undefined);
}
