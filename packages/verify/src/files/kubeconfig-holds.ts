import {
  type Certificate,
  keyFromPrivatePem,
  PkiError,
  type Plan,
  type Server,
  sameKey,
  trustedBy,
} from '@kubepki/core';
import { bytesEqual } from './context.ts';
import type { Found } from './found.ts';
import type { Held, Parse } from './held.ts';
import type { KubeconfigText } from './kubeconfig-text.ts';

type Trust = {
  readonly plan: Plan;
  readonly server: Server | undefined;
  readonly parse: Parse;
  find(id: string): Found | undefined;
};

/** Whether a kubeconfig trusts the authorities of its server's use and no others; in words where it does not. */
export function trustProblem(said: KubeconfigText, { plan, server, parse, find }: Trust): string | undefined {
  const ids = server?.issuer === undefined ? [] : trustedBy(plan.uses, [server.issuer]);
  const planned = ids.map((id) => find(id)?.certificate?.fingerprint);
  // An authority that cannot be read is told of its own file.
  if (planned.includes(undefined)) return undefined;
  const found = certificatesIn(said.get('clusters.certificate-authority-data'), parse)?.map((one) => one.fingerprint);
  const same = [...planned].sort().join() === found?.sort().join();
  return same ? undefined : `it trusts others than the plan says: it is to trust ${ids.join(', ') || 'nobody'}`;
}

/** Whether the pair in a kubeconfig belongs together; in words where it does not. What was read of its file is not read again. */
export function pairProblem(
  said: KubeconfigText,
  { held, parse }: { readonly held: readonly Held[]; readonly parse: Parse },
): string | undefined {
  const certificate = certificatesIn(said.get('users.client-certificate-data'), parse)?.[0];
  const key = said.get('users.client-key-data');
  if (certificate === undefined || key === undefined) return undefined;
  const pem = decoded(key);
  const known = held.find((one) => one.part === 'key' && one.pem === pem);
  if (known?.part === 'key') return bytesEqual(known.spki, certificate.publicKey) ? undefined : apart;
  try {
    return sameKey(keyFromPrivatePem(pem, where), certificate) ? undefined : apart;
  } catch (error) {
    if (error instanceof PkiError) return error.message.replace(`${where}: `, '');
    throw error;
  }
}

const where = 'kubeconfig';
const apart = 'the key in it does not belong to the certificate in it';

function certificatesIn(data: string | undefined, parse: Parse): readonly Certificate[] | undefined {
  try {
    return data === undefined ? [] : parse(decoded(data), where);
  } catch (error) {
    if (error instanceof PkiError) return undefined;
    throw error;
  }
}

function decoded(data: string): string {
  return Buffer.from(data, 'base64').toString('utf8');
}
