// Not a test of its own: cluster files, and what they mean.
import { generate, memoryTree, type PkiError, planFiles } from '@kubepki/core';
import type { ExecutionContext } from 'ava';
import { assemble, clusterFileSchema, readClusterFile } from './index.ts';

export function assembled(text: string) {
  const { file, facts } = readClusterFile(text, { schema: clusterFileSchema });
  return assemble(file, facts);
}

/** Every path of a cluster file's tree; links as `PATH -> TARGET`. Sorted. */
export function paths(text: string): readonly string[] {
  return [...planFiles(assembled(text))]
    .map(({ file }) => ('link' in file ? `${file.path} -> ${file.link}` : file.path))
    .sort();
}

/** Every path with what lies there and its mode: `0600 PATH: ID PART, …`. In the order of writing. */
export function contents(text: string): readonly string[] {
  return [...planFiles(assembled(text))].map(({ file }) =>
    'link' in file
      ? `${file.path} -> ${file.link}`
      : `0${file.mode.toString(8)} ${file.path}: ${file.holds.map(({ id, part }) => `${id} ${part}`).join(', ')}`,
  );
}

const trees = new Map<string, Promise<ReadonlyMap<string, string>>>();

/** A cluster file's whole tree, made in memory, once: each file's text by its path. */
export function made(text: string): Promise<ReadonlyMap<string, string>> {
  const tree = trees.get(text) ?? make(text);
  trees.set(text, tree);
  return tree;
}

async function make(text: string): Promise<ReadonlyMap<string, string>> {
  const tree = memoryTree();
  for await (const _ of generate({ ...assembled(text), tree }));
  return new Map([...tree.files].map(([path, file]) => [path, file.text]));
}

/** The problems of an error as `WHERE: MESSAGE`, or its message where it has none. */
export function refusal(t: ExecutionContext, code: string, run: () => unknown): readonly string[] {
  const error = t.throws<PkiError>(run as () => never, { name: 'PkiError', code });
  const { problems = [], message = '' } = error ?? {};
  return problems.length === 0 ? [message] : problems.map((problem) => `${problem.where}: ${problem.message}`);
}

export const oneNode = `
nodes:
  - {name: cp-1, addresses: [10.0.0.11]}
`;

export const threeControlPlanes = `
name: example
kubernetesVersion: "1.37"
controlPlaneEndpoint: api.example.internal:6443
serviceSubnets: [10.96.0.0/12, "fd00:10:96::/112"]
nodes:
  - {name: cp-1, roles: [control-plane], addresses: [10.0.0.11, "fd00::11", cp-1.example.internal]}
  - {name: cp-2, roles: [control-plane], addresses: [10.0.0.12, "fd00::12", cp-2.example.internal]}
  - {name: cp-3, roles: [control-plane], addresses: [10.0.0.13, "fd00::13", cp-3.example.internal]}
  - {name: w-1, roles: [worker], addresses: [10.0.0.21, "fd00::21", w-1.example.internal]}
  - {name: w-2, roles: [worker], addresses: [10.0.0.22, "fd00::22", w-2.example.internal]}
`;

export const etcdOnItsOwn = `
controlPlaneEndpoint: api.example.internal:6443
nodes:
  - {name: cp-1, roles: [control-plane], addresses: [10.0.0.11]}
  - {name: etcd-1, roles: [etcd], addresses: [10.0.0.31]}
  - {name: etcd-2, roles: [etcd], addresses: [10.0.0.32]}
  - {name: w-1, roles: [worker], addresses: [10.0.0.21]}
`;

export const etcdElsewhere = `
etcd: {external: {endpoints: ["https://etcd-1.example.internal:2379", "10.0.0.32:12379"]}}
nodes:
  - {name: cp-1, roles: [control-plane], addresses: [10.0.0.11]}
  - {name: w-1, roles: [worker], addresses: [10.0.0.21]}
`;
