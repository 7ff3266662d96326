import { createPublicKey } from 'node:crypto';
import {
  type Algorithm,
  algorithmOf,
  type Certificate,
  type Holding,
  keyFromPrivatePem,
  PkiError,
  spkiOf,
} from '@kubepki/core';

/** What a file really holds of a credential. */
export type Held = { readonly id: string; readonly file: string; readonly pem: string } & (
  | { readonly part: 'certificate'; readonly certificates: readonly [Certificate, ...Certificate[]] }
  | { readonly part: 'key' | 'public'; readonly algorithm: Algorithm | undefined; readonly spki: Uint8Array }
);

/** Reads certificates, each text once: all nodes have copies of the same few authorities. */
export type Parse = (pem: string, where: string) => readonly Certificate[];

type Where = { readonly holding: Holding; readonly file: string; readonly parse: Parse };

/** What a PEM is, or in words why it is not what it should be. */
export function heldOf(pem: string, { holding: { id, part }, file, parse }: Where): Held | string {
  try {
    if (part === 'key') {
      const { algorithm, publicKey } = keyFromPrivatePem(pem, file);
      return { id, part, file, pem, algorithm, spki: spkiOf(publicKey) };
    }
    if (part === 'public') return publicKeyOf(pem, { id, file });
    const [first, ...more] = parse(pem, file);
    if (first === undefined) return `it holds no certificate where that of ${id} is to be`;
    return { id, part, file, pem, certificates: [first, ...more] };
  } catch (error) {
    if (error instanceof PkiError) return error.message.replace(`${file}: `, '');
    throw error;
  }
}

function publicKeyOf(pem: string, { id, file }: { readonly id: string; readonly file: string }): Held | string {
  const labels = [...pem.matchAll(/-----BEGIN ([^-]*)-----/g)].map(([, label]) => label);
  if (labels.join() !== 'PUBLIC KEY')
    return `the public key of ${id} is not one block PUBLIC KEY, the only kind that Kubernetes reads`;
  try {
    const key = createPublicKey(pem);
    return { id, part: 'public', file, pem, algorithm: algorithmOf(key), spki: spkiOf(key) };
  } catch {
    return `the public key of ${id} is not sound`;
  }
}
