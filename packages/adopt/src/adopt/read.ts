import {
  type Certificate,
  certificateBlocks,
  describe,
  type Key,
  keyFromPrivatePem,
  PkiError,
  parseCertificates,
} from '@kubepki/core';
import { type Piece, withoutPlace } from './pieces.ts';

/** Something that was read, or why it cannot be. */
export type Read<T> = { readonly piece: Piece } & (
  | { readonly value: T; readonly problem?: never }
  | { readonly value?: never; readonly problem: string }
);

/** The certificate of a piece, which is the first in it. */
export function readCertificate(piece: Piece): Read<Certificate> {
  return attempt(piece, () => {
    const [first] = parseCertificates(piece.text, piece.where);
    if (first === undefined) throw new PkiError('CERTIFICATE_UNREADABLE', `${piece.where}: it holds no certificate`);
    // What is in its extensions is asked for later, where nobody expects that it cannot be read.
    describe(first);
    return first;
  });
}

/** The private key of a piece. */
export function readKey(piece: Piece): Read<Key> {
  return attempt(piece, () => keyFromPrivatePem(piece.text, piece.where));
}

/** How many certificates a piece holds. */
export function certificatesIn({ text }: Piece): number {
  return certificateBlocks(text).length;
}

function attempt<T>(piece: Piece, action: () => T): Read<T> {
  try {
    return { piece, value: action() };
  } catch (error) {
    if (!(error instanceof PkiError)) throw error;
    const hint = error.hint === undefined ? '' : ` (${error.hint})`;
    return { piece, problem: withoutPlace(error, piece.where) + hint };
  }
}
