import { z } from 'zod';
import { algorithmSchema } from '../keys/algorithm.ts';

/**
 * What a connection is for and from whose side: a certificate is issued under a use, a server accepts
 * uses. The plan's table says which authority stands behind each.
 */
export type Use = string;

const name = z.string();
const use = z.string();
const port = z.int().min(1).max(65535);

/**
 * Which file a flag or setting reads: the spec's own; with `of` the one that is shared under a use; with
 * `to` what its server of that name is trusted by (none, where that server's certificate cannot be checked).
 */
export const fileRefSchema = z.strictObject({
  part: z.enum(['certificate', 'key', 'public', 'trust', 'kubeconfig', 'pem']),
  of: use.optional(),
  to: name.optional(),
  /**
   * For a shared file: the process takes up a new one by itself, as what uses Kubernetes' dynamiccertificates does
   * (staging/src/k8s.io/apiserver/pkg/server/dynamiccertificates). Otherwise it must be restarted.
   */
  rereads: z.literal(true).optional(),
});
/** A file that a flag, a setting or a process reads. */
export type FileRef = z.infer<typeof fileRefSchema>;

const common = {
  /** `name`, or `name@node` for what belongs to a node. */
  id: z.string(),
  name,
  /** The component that asked for it. */
  component: z.string(),
};

/** A certificate that signs others. */
export const authoritySchema = z.strictObject({
  ...common,
  kind: z.literal('authority'),
  /** The use under which another authority signs it. Without one it signs itself. */
  issuer: use.optional(),
  commonName: z.string(),
  keys: algorithmSchema,
  /** Seconds. */
  validity: z.int().positive(),
  /** The uses that it stands behind where the table of uses does not say otherwise. */
  serves: z.array(use).readonly(),
  /** Somebody else made it: kubepki reads its certificate, and its key where there is one, and never makes it. */
  given: z.union([z.literal(false), z.strictObject({ key: z.boolean() })]),
});
/** An authority of a plan: what its certificate and its key are to be. */
export type AuthoritySpec = z.infer<typeof authoritySchema>;

/** A key pair without a certificate. */
export const keyPairSchema = z.strictObject({
  ...common,
  kind: z.literal('keypair'),
  keys: algorithmSchema,
  /** The uses that it stands behind; one with a `publicKey` is trusted under them beside the one that signs. */
  serves: z.array(use).readonly(),
  /** Its public half, as PEM (`PUBLIC KEY`), where there is no private one here: it was made elsewhere, and signs nothing. */
  publicKey: z.string().optional(),
});
/** A key pair of a plan, such as the one that signs service-account tokens. */
export type KeyPairSpec = z.infer<typeof keyPairSchema>;

/** How a client reaches a server: through the cluster's endpoint, the one on its own node, or each one. */
export const connectionSchema = z.strictObject({ to: name, at: z.enum(['endpoint', 'local', 'each']) });
/** A server by its name, and at which of its addresses a client reaches it. */
export type Connection = z.infer<typeof connectionSchema>;

/** The binding that an identity needs before the API server lets it do its work. */
export const bindingSchema = z.strictObject({
  binding: z.string(),
  clusterRole: z.string(),
  to: z.strictObject({ kind: z.enum(['User', 'Group']), name: z.string() }),
});
/** A ClusterRoleBinding: its name, its role, and the user or group that it is for. */
export type Binding = z.infer<typeof bindingSchema>;

/** A certificate for a server, a client or both. */
export const leafSchema = z.strictObject({
  ...common,
  kind: z.literal('leaf'),
  node: z.string().optional(),
  issuer: use,
  commonName: z.string(),
  organizations: z.array(z.string()).readonly(),
  usages: z.array(z.enum(['server', 'client'])).readonly(),
  sans: z.strictObject({ dns: z.array(z.string()).readonly(), ips: z.array(z.string()).readonly() }),
  keys: algorithmSchema,
  /** Seconds. */
  validity: z.int().positive(),
  /** A human being, not a process, holds it. */
  person: z.boolean(),
  /** The process that reads it, and whether a new file reaches it by itself. */
  process: z.string().optional(),
  reload: z.enum(['rereads', 'restart']),
  /** The process asks for its next certificate itself, so that this one counts only until the process has it. */
  renews: z.literal('itself').optional(),
  /** The process's flags (`--tls-cert-file`) and settings (`tlsCertFile`) that follow from this certificate. */
  flags: z.record(z.string(), z.union([z.string(), fileRefSchema])),
  /** What the process reads beside its flags' files. */
  reads: z.array(fileRefSchema).readonly(),
  /** For a server: the uses whose clients it accepts, and the port it answers at. */
  accepts: z.array(use).readonly(),
  port: port.optional(),
  /** For a server whose clients do not know it: the clients' names. */
  clients: z.array(name).readonly(),
  /** For a client: the servers it connects to, by name. */
  connects: z.array(connectionSchema).readonly(),
  /** Wanted beside or instead of a pair of files. By `path` means: by the paths of the pem on the node. */
  kubeconfig: z.strictObject({ credentials: z.enum(['embedded', 'path']) }).optional(),
  bindings: z.array(bindingSchema).readonly(),
  /** Where the Secret belongs that holds it, if it is to be one. */
  secret: z.strictObject({ namespace: z.string(), name: z.string() }).optional(),
});
/** A leaf of a plan: what its certificate and its key are to be, who reads them and who talks to whom with them. */
export type LeafSpec = z.infer<typeof leafSchema>;

/** A server whose certificate is not of this plan. Without an `issuer` its clients cannot check it. */
export const elsewhereSchema = z.strictObject({
  ...common,
  kind: z.literal('elsewhere'),
  node: z.string().optional(),
  issuer: use.optional(),
  accepts: z.array(use).readonly(),
  /** Where it answers; each is a server of its own, or a node's one. */
  addresses: z.array(z.strictObject({ host: z.string(), port })).readonly(),
});
/** What a plan knows of a server that it makes no file for. */
export type ElsewhereSpec = z.infer<typeof elsewhereSchema>;

/** One thing of a plan; its `kind` says which. */
export const specSchema = z.discriminatedUnion('kind', [authoritySchema, keyPairSchema, leafSchema, elsewhereSchema]);
/** One thing of a plan: something that is to be made, or a server elsewhere. */
export type Spec = z.infer<typeof specSchema>;

/** `name@node`, or the bare name of what belongs to no node. */
export function idOf(name: string, node?: string): string {
  return node === undefined ? name : `${name}@${node}`;
}

/** The node a spec belongs to, if any. */
export function nodeOf(spec: Spec): string | undefined {
  return spec.kind === 'leaf' || spec.kind === 'elsewhere' ? spec.node : undefined;
}
