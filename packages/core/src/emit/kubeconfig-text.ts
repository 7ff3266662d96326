import { yamlString } from './yaml-string.ts';

/** A kubeconfig of one cluster, one user and one context. */
export type KubeconfigFields = {
  readonly cluster: string;
  readonly user: string;
  /** The URL. */
  readonly server: string;
  /** The PEM of whom the client trusts; empty: the field is left out, since without a value it would mean everybody. */
  readonly authorities: string;
  /** The fields of the user: PEM for those whose names end in `-data`, and text for the others. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Whether the empty map of preferences is written, as client-go has long done. */
  readonly preferences?: boolean;
};

/**
 * The text of a kubeconfig. Names are quoted as JSON strings, so that no reader of YAML takes `no` or
 * `1.30` for anything but text; base64 needs no quotes, and tools that cut it out by `awk` find it bare.
 */
export function kubeconfigText(fields: KubeconfigFields): string {
  const { server, authorities, credentials, preferences = false } = fields;
  const [cluster, user] = [fields.cluster, fields.user].map(yamlString);
  const context = yamlString(`${fields.user}@${fields.cluster}`);
  return [
    'apiVersion: v1',
    'clusters:',
    '- cluster:',
    ...(authorities === '' ? [] : [`    certificate-authority-data: ${base64(authorities)}`]),
    `    server: ${yamlString(server)}`,
    `  name: ${cluster}`,
    'contexts:',
    '- context:',
    `    cluster: ${cluster}`,
    `    user: ${user}`,
    `  name: ${context}`,
    `current-context: ${context}`,
    'kind: Config',
    ...(preferences ? ['preferences: {}'] : []),
    'users:',
    `- name: ${user}`,
    '  user:',
    ...Object.entries(credentials).map(
      ([name, value]) => `    ${name}: ${name.endsWith('-data') ? base64(value) : yamlString(value)}`,
    ),
    '',
  ].join('\n');
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
