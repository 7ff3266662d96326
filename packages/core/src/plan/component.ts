import type { z } from 'zod';
import type { Cluster, Node } from '../cluster/cluster.ts';
import { parseOptions } from '../options.ts';
import { checkPluginName } from '../plugin-name.ts';
import type { AuthoritySpec, ElsewhereSpec, KeyPairSpec, LeafSpec } from './spec.ts';

type Open<T, Required extends keyof T> = Pick<T, Required> & Partial<Omit<T, Required | 'id' | 'component' | 'kind'>>;

/** What a component says of an authority. Key, life and whether it is given are the plan's to say where it does not. */
export type AuthorityInput = Open<AuthoritySpec, 'name' | 'commonName' | 'serves'>;
/** What a component says of a key pair. */
export type KeyPairInput = Open<KeyPairSpec, 'name' | 'serves'>;
/** What a component says of a leaf. */
export type LeafInput = Open<LeafSpec, 'name' | 'commonName' | 'issuer'>;
/** What a component says of a server whose certificate somebody else makes. */
export type ElsewhereInput = Open<ElsewhereSpec, 'name' | 'accepts' | 'addresses'>;

/** A spec as a component yields it: what it leaves out, the plan fills in. */
export type SpecInput =
  | (AuthorityInput & { readonly kind: 'authority' })
  | (KeyPairInput & { readonly kind: 'keypair' })
  | (LeafInput & { readonly kind: 'leaf' })
  | (ElsewhereInput & { readonly kind: 'elsewhere' });

/** An authority. It is made only where the plan's table of uses points to it. */
export function authority(input: AuthorityInput): SpecInput {
  return { kind: 'authority', ...input };
}

/** A key pair without a certificate. */
export function keyPair(input: KeyPairInput): SpecInput {
  return { kind: 'keypair', ...input };
}

/** A certificate that a server presents. */
export function server(input: LeafInput): SpecInput {
  return { kind: 'leaf', usages: ['server'], ...input };
}

/** A certificate that a client presents. */
export function client(input: LeafInput): SpecInput {
  return { kind: 'leaf', usages: ['client'], ...input };
}

/** A certificate that is presented from both sides. */
export function peer(input: LeafInput): SpecInput {
  return { kind: 'leaf', usages: ['server', 'client'], ...input };
}

/** The serving certificate of a process on a control plane that people and scrapers reach on its node. */
export function localServer(
  node: Node,
  {
    name,
    commonName,
    process,
    port,
  }: { readonly name: string; readonly commonName: string; readonly process: string; readonly port: number },
): SpecInput {
  return server({
    name,
    node: node.name,
    issuer: 'cluster/server',
    commonName,
    sans: { dns: [node.name, ...node.names, 'localhost'], ips: [...node.ips, '127.0.0.1', '::1'] },
    process,
    reload: 'rereads',
    port,
    accepts: ['cluster/client'],
    flags: { '--tls-cert-file': { part: 'certificate' }, '--tls-private-key-file': { part: 'key' } },
  });
}

/** A server that clients of this plan connect to, though its certificate is not of this plan. */
export function elsewhere(input: ElsewhereInput): SpecInput {
  return { kind: 'elsewhere', ...input };
}

/** A part of a cluster that needs certificates: what it needs, for the cluster that it is given. */
export type Component = {
  readonly name: string;
  plan(cluster: Cluster): Iterable<SpecInput>;
};

/** Makes a component from its options; it carries its name, known to the compiler too, and its options' schema. */
export type ComponentFactory<Options extends z.ZodType = z.ZodType, Name extends string = string> = {
  (options?: z.input<Options>): Component;
  readonly component: Name;
  readonly options: Options;
  /** From options of unknown form. @throws PkiError PLUGIN_OPTIONS with every problem */
  from(options: unknown): Component;
};

/**
 * Defines a component: a name, its options as a zod object (every option with a default), and a pure
 * generator of what it needs.
 * @throws PkiError PLUGIN_NAME
 */
export function defineComponent<Options extends z.ZodType, const Name extends string = string>(definition: {
  readonly name: Name;
  readonly options: Options;
  plan(cluster: Cluster, options: z.output<Options>): Iterable<SpecInput>;
}): ComponentFactory<Options, Name> {
  checkPluginName('component', definition.name);
  const from = (input: unknown): Component => {
    const options = parseOptions(`component ${definition.name}`, { schema: definition.options, value: input });
    return { name: definition.name, plan: (cluster) => definition.plan(cluster, options) };
  };
  return Object.assign((options?: z.input<Options>) => from(options), {
    component: definition.name,
    options: definition.options,
    from,
  });
}
