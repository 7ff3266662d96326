import { PkiError } from '@kubepki/core';
import { readYaml } from '@kubepki/presets';
import { fieldOf, textOf } from '../old/fields.ts';

/** A document of kubeadm's, by its kind, and how numbers are written in it. */
export type KubeadmDocument = {
  readonly kind: string;
  readonly apiVersion: string;
  readonly value: unknown;
  /** A text, also where it is written as a number. */
  text(...path: readonly string[]): string | undefined;
};

/**
 * The documents of a configuration of kubeadm, and those that the ConfigMap kubeadm-config holds.
 * @throws PkiError YAML_INVALID
 */
export function documentsOf(text: string, fileName: string): readonly KubeadmDocument[] {
  return text
    .split(/^---(?:\s.*)?$/m)
    .filter((part) => /^\s*[^\s#]/m.test(part))
    .flatMap((part) => documentOf(part, fileName));
}

function documentOf(part: string, fileName: string): readonly KubeadmDocument[] {
  const { value, source } = readYaml(part, fileName);
  const kind = textOf(value, 'kind');
  if (kind === 'ConfigMap' || (kind === undefined && fieldOf(value, 'data') !== undefined)) {
    const data = fieldOf(value, 'data');
    const inner = ['ClusterConfiguration', 'InitConfiguration'].flatMap((name) => textOf(data, name) ?? []);
    if (inner.length === 0) throw unknown(fileName);
    return inner.flatMap((one) => documentsOf(one, fileName));
  }
  if (kind === undefined) throw unknown(fileName);
  const document: KubeadmDocument = {
    kind,
    apiVersion: textOf(value, 'apiVersion') ?? '',
    value,
    text: (...path) => {
      const found = fieldOf(value, ...path);
      return typeof found === 'number' ? (source(path) ?? String(found)) : textOf(value, ...path);
    },
  };
  return [document];
}

function unknown(fileName: string): PkiError {
  return new PkiError('INIT_KUBEADM', `${fileName}: it is neither a configuration of kubeadm nor its ConfigMap`, {
    hint: 'kubectl -n kube-system get configmap kubeadm-config -o yaml prints the one of a cluster',
  });
}
