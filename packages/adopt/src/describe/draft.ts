import type { Json } from '@kubepki/core';

/** A node as a cluster file has it. */
export type DraftNode = {
  readonly name: string;
  readonly roles: readonly string[];
  readonly addresses: readonly string[];
};

/** A field of a cluster file, and what is to be said of it. */
export type DraftField = { readonly value: Json; readonly why?: string };

/** A cluster file that is being made of what was found. A field that is as it is by default is missing. */
export type Draft = {
  /** What the file is made of. */
  readonly from: string;
  readonly nodes: readonly DraftNode[];
  readonly nodesWhy?: string;
  readonly fields: Readonly<Partial<Record<FieldName, DraftField>>>;
};

/** The fields in the order in which they are written; `nodes` stands behind the first ones. */
export const fieldNames = [
  'name',
  'profile',
  'kubernetesVersion',
  'nodes',
  'controlPlaneEndpoint',
  'dnsDomain',
  'serviceSubnets',
  'etcd',
  'authorities',
  'apiserverClients',
  'keys',
  'validity',
  'components',
  'certificates',
  'layout',
] as const;
export type FieldName = Exclude<(typeof fieldNames)[number], 'nodes'>;

/** Only what is there. */
export function field(value: Json | undefined, why?: string): DraftField | undefined {
  if (value === undefined) return undefined;
  return why === undefined ? { value } : { value, why };
}

/** Fields without those that are missing. */
export function fieldsOf(fields: Readonly<Partial<Record<FieldName, DraftField | undefined>>>): Draft['fields'] {
  return Object.fromEntries(Object.entries(fields).filter(([, one]) => one !== undefined)) as Draft['fields'];
}

/** A map, or nothing where it is empty. */
export function orNothing(value: Readonly<Record<string, Json>>): Json | undefined {
  return Object.keys(value).length === 0 ? undefined : value;
}
