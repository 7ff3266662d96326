import { execFileSync } from 'node:child_process';

type Named<Key extends string, Value> = { readonly name: string } & { readonly [key in Key]: Value };

export type Kubeconfig = {
  readonly clusters: readonly Named<
    'cluster',
    { readonly server: string; readonly 'certificate-authority-data'?: string }
  >[];
  readonly users: readonly Named<
    'user',
    { readonly 'client-certificate-data'?: string; readonly 'client-key-data'?: string }
  >[];
};

/** A kubeconfig as kubectl reads it. */
export function readKubeconfig(kubectl: string, file: string): Kubeconfig {
  const args = ['config', 'view', '--raw', '-o', 'json', '--kubeconfig', file];
  return JSON.parse(execFileSync(kubectl, args, { encoding: 'utf8' })) as Kubeconfig;
}

/** Its embedded PEM texts, by the field that holds them. */
export function credentialsOf(kubeconfig: Kubeconfig): Record<string, string> {
  const values = [...kubeconfig.clusters.map((each) => each.cluster), ...kubeconfig.users.map((each) => each.user)];
  const data = values.flatMap((each) => Object.entries(each)).filter(([field]) => field.endsWith('-data'));
  return Object.fromEntries(data.map(([field, value]) => [field, Buffer.from(value, 'base64').toString()]));
}

/** It without its credentials: every other field has to be the same. */
export function withoutCredentials(kubeconfig: Kubeconfig): unknown {
  return JSON.parse(JSON.stringify(kubeconfig, (field, value) => (field.endsWith('-data') ? 'embedded' : value)));
}
