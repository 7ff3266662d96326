import {
  algorithmSchema,
  byKind,
  type ComponentFactory,
  clusterNameField,
  dnsDomainField,
  durationField,
  endpointField,
  etcdEndpointField,
  groupField,
  nodeAddressField,
  nodeNameField,
  profileSchema,
  roles,
  sanField,
  subnetField,
  userNameField,
  versionField,
} from '@kubepki/core';
import { z } from 'zod';
import { distributionNames } from '../distributions/names.ts';
import { permissionNames } from '../permissions/profiles.ts';

/** What the schema takes from a component: its name and its options. */
export type Described = Pick<ComponentFactory, 'component' | 'options'>;

/** For each component but `users`: on, off, or its options. */
type ComponentShape<Components extends readonly Described[]> = {
  [C in Components[number] as Exclude<C['component'], 'users'>]: Entry<C['options']>;
};
type EmitterShape<Emitters extends Readonly<Record<string, z.ZodType>>> = {
  [Name in keyof Emitters]: Entry<Emitters[Name]>;
};
type Entry<Options extends z.ZodType> = z.ZodOptional<z.ZodUnion<readonly [z.ZodBoolean, Options]>>;

/** A cluster file's schema, whatever its components and emitters. */
export type ClusterFileSchema<
  Components extends readonly Described[] = readonly Described[],
  Emitters extends Readonly<Record<string, z.ZodType>> = Readonly<Record<string, z.ZodType>>,
> = ReturnType<typeof clusterFile<Components, Emitters>>;

/**
 * A cluster file after parsing: defaults filled in, durations in seconds, addresses canonical. The options
 * of components and emitters are checked but as they were written, since each reads its own.
 */
export type ClusterFile<Schema extends ClusterFileSchema = ClusterFileSchema> = Omit<
  z.output<Schema>,
  'components' | 'emitters' | 'users'
> & {
  readonly components: NonNullable<z.input<Schema>['components']>;
  readonly emitters: NonNullable<z.input<Schema>['emitters']>;
  /** The life of each is what the file says, or that of leaves, or 30 days with system:masters. */
  readonly users: readonly (z.output<Schema>['users'][number] & { readonly validity: number })[];
};

const life = durationField.refine((seconds) => seconds > 0, 'a life of no length');
const specName = z
  .string()
  .max(200)
  .regex(/^[a-z0-9][a-z0-9/-]*$/, 'not the name of an authority or a use');
const certificateName = z
  .string()
  .max(300)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]*(@[A-Za-z0-9][A-Za-z0-9.-]*)?$/, 'neither NAME nor NAME@NODE');
const path = z
  .string()
  .min(1)
  .max(4096)
  .refine((text) => !text.includes('-----BEGIN'), 'a certificate or key, where the path of its file is expected');
const client = z.enum(['dedicated', 'serving']);
const endpoints = z.array(etcdEndpointField).min(1).describe('host:port or https://host:port of each member');

const fields = {
  name: clusterNameField
    .prefault('kubernetes')
    .describe('The name of the cluster in kubeconfigs. A tree of certificates belongs to one name.'),
  kubernetesVersion: versionField
    .prefault('1.37')
    .describe('"1.28" to "1.37", with or without a patch release; without one the newest known is meant.'),
  controlPlaneEndpoint: endpointField
    .optional()
    .describe(
      "host[:port] where clients reach the control plane: a name, an IPv4 or an IPv6 address. By default the first control plane's first IP address.",
    ),
  dnsDomain: dnsDomainField.prefault('cluster.local').describe("The DNS domain of the cluster's services."),
  serviceSubnets: z
    .array(subnetField)
    .min(1)
    .max(2)
    .prefault(['10.96.0.0/12'])
    .describe("One range of addresses for the cluster's services, or two of different families."),
  nodes: z
    .array(
      z.strictObject({
        name: nodeNameField.describe('The name under which the machine registers.'),
        roles: z
          .array(z.enum(roles))
          .optional()
          .describe(
            'What the machine does; control planes run etcd unless nodes have the role etcd. The only node of a file needs none: it is control plane and worker.',
          ),
        addresses: z
          .array(nodeAddressField)
          .default([])
          .describe('Its IP addresses and DNS names; the first IP address is the one it advertises.'),
      }),
    )
    .min(1)
    .describe('The machines of the cluster.'),
  etcd: z
    .union([z.enum(['nodes', 'external']), z.strictObject({ external: z.strictObject({ endpoints }) })])
    .transform((etcd) => (etcd === 'nodes' ? etcd : { external: etcd === 'external' ? [] : etcd.external.endpoints }))
    .prefault('nodes')
    .describe(
      'nodes: on the nodes with the role etcd, or else on every control plane. external: made by somebody else.',
    ),
  authorities: z
    .union([
      z.enum(['separate', 'single']),
      z.record(specName, z.union([specName, z.strictObject({ certificate: path, key: path.optional() })])),
    ])
    .default('separate')
    .describe(
      'separate: ca, etcd/ca and front-proxy-ca. single: one for everything. Or what stands behind an authority or a use: another authority, or files that somebody else made.',
    ),
  apiserverClients: z
    .union([client, z.strictObject({ etcd: client.default('dedicated'), kubelet: client.default('dedicated') })])
    .transform((clients) => (typeof clients === 'string' ? { etcd: clients, kubelet: clients } : clients))
    .prefault('dedicated')
    .describe(
      'Whether the API server has client certificates of its own for etcd and kubelets, or presents its serving certificate.',
    ),
  profile: profileSchema
    .default('strict')
    .describe('strict: as the RFCs have it. kubeadm: as kubeadm of that version writes it.'),
  distribution: z
    .enum(distributionNames)
    .default('kubernetes')
    .describe(
      'kubernetes: every certificate is made here. Others make their certificates themselves, of the authorities that they find.',
    ),
  keys: z
    .union([
      algorithmSchema,
      z.strictObject({
        authorities: algorithmSchema.optional(),
        leaves: algorithmSchema.optional(),
        serviceAccounts: algorithmSchema.optional(),
      }),
    ])
    .transform((keys) => (typeof keys === 'string' ? { authorities: keys, leaves: keys, serviceAccounts: keys } : keys))
    .optional()
    .describe(
      'The algorithm of keys: one for all, or one for each of these. By default ecdsa-p256; rsa-2048 with profile kubeadm.',
    ),
  validity: z
    .strictObject({
      authorities: life.prefault('10y').describe('How long authorities live.'),
      leaves: life.prefault('1y').describe('How long other certificates live.'),
      backdate: durationField.prefault('5m').describe("How long before its making a certificate's life begins."),
      stagger: z
        .boolean()
        .optional()
        .describe(
          'Whether lives of different nodes differ a little, by up to a week, so that a cluster never ends in one minute. By default so, except with profile kubeadm.',
        ),
      renewBefore: life
        .prefault('30d')
        .describe('How long before its end a certificate is renewed; at the earliest in the last third of its life.'),
    })
    .prefault({})
    .describe('Durations as Go writes them, and d and y (365 days).'),
  certificates: z
    .record(
      certificateName,
      z.strictObject({
        keys: algorithmSchema.optional(),
        validity: life.optional(),
        sans: z.array(sanField).transform(byKind).optional().describe('More names and addresses.'),
      }),
    )
    .default({})
    .describe('Exceptions, by NAME or NAME@NODE.'),
  layout: z
    .strictObject({
      tree: z
        .enum(['nodes', 'flat', 'recipes'])
        .default('nodes')
        .describe(
          'nodes: a folder for each node. flat: one folder. recipes: one folder, with the names of recipes for openssl and cfssl.',
        ),
      names: z.enum(['crt', 'pem']).default('crt').describe('crt: x.crt and x.key. pem: x.pem and x-key.pem.'),
    })
    .prefault({})
    .describe('Where files go and how they are called.'),
  permissions: z
    .enum(permissionNames)
    .default('kubeadm')
    .describe(
      "Whose a node's files are. kubeadm: root's. cis: as the CIS benchmark checks. rootless: the users' of a control plane that does not run as root (KEP-2568).",
    ),
  users: z
    .array(
      z.strictObject({
        name: userNameField.describe('The user name that Kubernetes sees; also the name of the kubeconfig.'),
        groups: z.array(groupField).default([]).describe('The groups that Kubernetes sees.'),
        validity: life.optional().describe('How long the certificate lives; 30 days at most with system:masters.'),
      }),
    )
    .default([])
    .describe('More people.'),
};

/**
 * Composes the schema of a cluster file, closed at every level, from the components' and the emitters' own
 * schemas of options. The component `users` is not under `components`: its option is the field `users`.
 */
export function clusterFile<
  const Components extends readonly Described[],
  const Emitters extends Readonly<Record<string, z.ZodType>>,
>(parts: { readonly components: Components; readonly emitters: Emitters }) {
  const listed = parts.components.filter(({ component }) => component !== 'users');
  const components = Object.fromEntries(listed.map(({ component, options }) => [component, entry(options)]));
  const emitters = Object.fromEntries(Object.entries(parts.emitters).map(([name, options]) => [name, entry(options)]));
  return z.strictObject({
    ...fields,
    components: z
      .strictObject(components as ComponentShape<Components>)
      .optional()
      .describe('The parts of the cluster, each true, false or its options.'),
    emitters: z
      .strictObject(emitters as EmitterShape<Emitters>)
      .optional()
      .describe('What is written beside the files of certificates and keys, each true, false or its options.'),
  });
}

function entry<Options extends z.ZodType>(options: Options): Entry<Options> {
  const onOrOff = z.boolean().superRefine((on, context) => {
    for (const { message, path } of on ? (options.safeParse({}).error?.issues ?? []) : []) {
      context.addIssue({ code: 'custom', message: `not without its options: ${[...path, message].join(': ')}` });
    }
  });
  return z.union([onOrOff, options] as const).optional();
}
