import { createPublicKey } from 'node:crypto';
import type { Key } from './key.ts';
import { readPem } from './pem-block.ts';
import { algorithmOf } from './spki.ts';

/**
 * A key without its private half, from one block `PUBLIC KEY` (a SubjectPublicKeyInfo; Kubernetes reads no other,
 * client-go util/keyutil/key.go); undefined where the text is none, or is of a kind that kubepki does not know.
 */
export function keyFromPublicPem(pem: string): Key | undefined {
  const [block, ...more] = pem.length > largest ? [] : readPem(pem);
  if (block?.label !== 'PUBLIC KEY' || more.length > 0) return undefined;
  try {
    const publicKey = createPublicKey({ key: Buffer.from(block.der), format: 'der', type: 'spki' });
    const algorithm = algorithmOf(publicKey);
    return algorithm && { algorithm, publicKey };
  } catch {
    return undefined;
  }
}

/** Characters; that of RSA-8192 has about 1,500. */
const largest = 16 * 1024;
