import type { Problem } from '@kubepki/core';
import { fieldOf, textOf } from '../old/fields.ts';
import type { KubeadmDocument } from './documents.ts';
import { algorithms, certificateFlags, kubeadmFields } from './kubeadm-fields.ts';

/** What was not understood, and what kubepki has otherwise. */
export function* kubeadmWarnings(documents: readonly KubeadmDocument[]): Generator<Problem> {
  for (const { kind, value, text } of documents) {
    const { read = [], other = [] } = kubeadmFields[kind] ?? {};
    for (const path of pathsOf(value, [...read, ...other])) {
      yield {
        where: `${kind}.${path}`,
        message: 'it is not understood, and nothing in the cluster file is made of it',
      };
    }
    yield* flagWarnings(kind, value);
    const folder = kind === 'ClusterConfiguration' ? text('certificatesDir') : undefined;
    if (folder !== undefined && folder !== '/etc/kubernetes/pki') {
      yield {
        where: `${kind}.certificatesDir`,
        message: `${folder} is not where kubepki puts certificates, which is /etc/kubernetes/pki`,
        hint: 'adopt that folder, and point the processes to the other one: kubepki plan --flags',
      };
    }
    const algorithm = text('encryptionAlgorithm');
    if (algorithm !== undefined && algorithms[algorithm] === undefined)
      yield {
        where: `${kind}.encryptionAlgorithm`,
        message: 'it is none that is known',
        hint: Object.keys(algorithms).join(', '),
      };
  }
}

/** The paths of fields that are neither known nor within one that is known. */
function* pathsOf(value: unknown, known: readonly string[], parent = ''): Generator<string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
  for (const [name, inner] of Object.entries(value)) {
    const path = parent === '' ? name : `${parent}.${name}`;
    if (known.includes(path)) continue;
    if (known.some((one) => one.startsWith(`${path}.`))) yield* pathsOf(inner, known, path);
    else yield path;
  }
}

/** Extra arguments are a map in v1beta3, and a list of names and values from v1beta4 on. */
function* flagWarnings(kind: string, value: unknown): Generator<Problem> {
  for (const path of [['apiServer'], ['controllerManager'], ['scheduler'], ['etcd', 'local']]) {
    const args = fieldOf(value, ...path, 'extraArgs');
    const names = Array.isArray(args)
      ? args.map((one) => textOf(one, 'name') ?? '')
      : Object.keys((args as object | undefined) ?? {});
    for (const name of names.filter((one) => certificateFlags.test(one))) {
      yield {
        where: `${kind}.${path.join('.')}.extraArgs.${name}`,
        message: 'a flag that concerns the PKI is not read',
        hint: 'what it says must stand in the cluster file; compare with kubepki plan --flags',
      };
    }
  }
}
