import { posix } from 'node:path';
import { PkiError } from '@kubepki/core';
import { readYaml } from '@kubepki/presets';
import { listOf, textOf } from './fields.ts';
import type { OldPlace } from './place.ts';

/** A PEM text that a kubeconfig holds or names. */
export type OldPem = { readonly text: string; readonly where: string };

/** What a kubeconfig of anybody says of its current context. */
export type OldKubeconfig = {
  readonly where: string;
  readonly cluster: string | undefined;
  readonly user: string | undefined;
  readonly server: string | undefined;
  readonly authority: OldPem | undefined;
  readonly certificate: OldPem | undefined;
  readonly key: OldPem | undefined;
  /** Whether it names the file of its certificate, and does not hold it. */
  readonly byPath: boolean;
  /** Files that it names and that were not given. */
  readonly absent: readonly string[];
};

/**
 * Reads a kubeconfig as kubectl or kubeadm writes it, with what it holds and with the files that it names.
 * @returns undefined where there is no such file
 * @throws PkiError KUBECONFIG_UNREADABLE; it never repeats what the file holds
 */
export function readOldKubeconfig(place: OldPlace, path: string): OldKubeconfig | undefined {
  const text = place.text(path);
  if (text === undefined) return undefined;
  const where = place.where(path);
  const value = contentOf(text, where);
  const context = named(value, 'contexts', textOf(value, 'current-context')) ?? listOf(value, 'contexts')[0];
  const cluster = named(value, 'clusters', textOf(context, 'context', 'cluster')) ?? listOf(value, 'clusters')[0];
  const user = named(value, 'users', textOf(context, 'context', 'user')) ?? listOf(value, 'users')[0];
  const absent: string[] = [];
  const pem = (entry: unknown, kind: 'cluster' | 'user', field: string): OldPem | undefined => {
    const data = textOf(entry, kind, `${field}-data`);
    if (data !== undefined) return { text: decoded(data, { where, field }), where };
    const file = textOf(entry, kind, field);
    if (file === undefined) return undefined;
    const full = posix.resolve(posix.dirname(`/${path}`), file);
    const found = place.form === 'flat' ? undefined : place.text(full);
    if (found === undefined) absent.push(full);
    return found === undefined ? undefined : { text: found, where: place.where(full) };
  };
  return {
    where,
    cluster: textOf(cluster, 'name'),
    user: textOf(user, 'name'),
    server: textOf(cluster, 'cluster', 'server'),
    authority: pem(cluster, 'cluster', 'certificate-authority'),
    certificate: pem(user, 'user', 'client-certificate'),
    key: pem(user, 'user', 'client-key'),
    byPath: textOf(user, 'user', 'client-certificate') !== undefined,
    absent,
  };
}

function contentOf(text: string, where: string): unknown {
  try {
    const { value } = readYaml(text, where);
    if (textOf(value, 'kind') === 'Config' || listOf(value, 'clusters').length > 0) return value;
  } catch (error) {
    if (!(error instanceof PkiError)) throw error;
    throw new PkiError('KUBECONFIG_UNREADABLE', error.message, { hint: error.hint });
  }
  throw new PkiError('KUBECONFIG_UNREADABLE', `${where}: it is no kubeconfig`);
}

function named(value: unknown, list: string, name: string | undefined): unknown {
  return name === undefined ? undefined : listOf(value, list).find((entry) => textOf(entry, 'name') === name);
}

function decoded(data: string, { where, field }: { readonly where: string; readonly field: string }): string {
  const base64 = data.replaceAll(/\s/g, '');
  if (base64.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(base64)) return Buffer.from(base64, 'base64').toString();
  throw new PkiError('KUBECONFIG_UNREADABLE', `${where}: its ${field}-data is not base64`);
}
