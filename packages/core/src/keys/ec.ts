import { createECDH, createPrivateKey, createPublicKey, type ECDH } from 'node:crypto';
import type { Key } from './key.ts';
import { writePem } from './pem-block.ts';
import { Secret } from './secret.ts';
import { spkiPrefixes, withSpki } from './spki.ts';

/** The kinds of key that are a number and a point on a curve. */
export type EcAlgorithm = 'ecdsa-p256' | 'ecdsa-p384';

/**
 * The DER of an ECPrivateKey (RFC 5915 3) around the number, of so many bytes, and the point; and of a
 * SubjectPublicKeyInfo before the point.
 */
type Form = {
  readonly before: Uint8Array;
  readonly length: number;
  readonly between: Uint8Array;
  readonly prefix: Uint8Array;
};

/** By the name of the curve for OpenSSL. `atOnce`: how many keys are made in a row. */
const forms: Readonly<Record<EcAlgorithm, Form & { readonly curve: string; readonly atOnce: number }>> = {
  'ecdsa-p256': {
    curve: 'prime256v1',
    // In a row they take three fifths of the time that they take with other work between them.
    atOnce: 32,
    before: bytes('30770201010420'),
    length: 32,
    between: bytes('a00a06082a8648ce3d030107a144034200'),
    prefix: prefixOf('ecdsa-p256'),
  },
  'ecdsa-p384': {
    curve: 'secp384r1',
    // One takes so long that nothing is gained.
    atOnce: 1,
    before: bytes('3081a40201010430'),
    length: 48,
    between: bytes('a00706052b81040022a164036200'),
    prefix: prefixOf('ecdsa-p384'),
  },
};

type Pair = { readonly number: Uint8Array; readonly point: Uint8Array };

/** Made and not yet given out, and how many were made the last time. */
type Stock = { readonly maker: ECDH; readonly pairs: Pair[]; last: number };

const stocks = new Map<EcAlgorithm, Stock>();

/**
 * Makes an ECDSA key, as its number and its point. The encodings are these with a few bytes around them. Node's own
 * objects take longer to make than the key, and are made for who asks for them.
 */
export function ecKey(algorithm: EcAlgorithm): Key {
  const { before, length, between, prefix } = forms[algorithm];
  const { number, point } = pairOf(algorithm);
  const spki = joined(prefix, point);
  const sec1 = () => joined(before, new Uint8Array(length - number.length), number, between, point);
  const publicKey = once(() => createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' }));
  const privateKey = once(() => createPrivateKey({ key: Buffer.from(sec1()), format: 'der', type: 'sec1' }));
  const key: Key = {
    algorithm,
    get publicKey() {
      return publicKey();
    },
    get privateKey() {
      return privateKey();
    },
    secret: new Secret(() => writePem('EC PRIVATE KEY', sec1())),
  };
  return withSpki(key, spki);
}

/** Of the stock; one that is used up is filled with twice as many as the last time, so that few are made for nothing. */
function pairOf(algorithm: EcAlgorithm): Pair {
  const { curve, atOnce } = forms[algorithm];
  const stock = stocks.get(algorithm) ?? { maker: createECDH(curve), pairs: [], last: 0.5 };
  stocks.set(algorithm, stock);
  const { maker, pairs } = stock;
  if (pairs.length === 0) {
    stock.last = Math.min(atOnce, stock.last * 2);
    while (pairs.length < stock.last) pairs.push({ point: maker.generateKeys(), number: maker.getPrivateKey() });
  }
  return pairs.pop() as Pair;
}

function prefixOf(algorithm: EcAlgorithm): Uint8Array {
  const found = spkiPrefixes.find((each) => each.algorithm === algorithm);
  if (found === undefined) throw new TypeError(algorithm);
  return new Uint8Array(found.prefix);
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function bytes(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex, 'hex'));
}
