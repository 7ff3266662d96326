import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { type Algorithm, algorithmOf, type Signer } from '@kubepki/core';
import { duringAsync } from '../suite/explain.ts';
import { type Test, testRules } from '../suite/rules.ts';
import { certifyWith } from './certify-with.ts';

/** How each kind of key signs a certificate. */
const digests: Readonly<Record<Algorithm, string | null>> = {
  'ecdsa-p256': 'sha256',
  'ecdsa-p384': 'sha384',
  'rsa-2048': 'sha256',
  'rsa-3072': 'sha256',
  'rsa-4096': 'sha256',
  ed25519: null,
};

/** Tests that a signer keeps the rules which hold for every signer. */
export function testSigner(
  test: Test,
  make: () => Signer | Promise<Signer>,
  { name = 'the signer' }: { readonly name?: string } = {},
): void {
  const signed = (signer: Signer, bytes: Uint8Array) =>
    duringAsync(`${name} signs ${bytes.length} bytes`, async () => signer.sign(bytes));
  testRules(test, {
    name,
    rules: {
      'says truly what kind of key it has': async () => {
        const { algorithm, publicKey } = await make();
        assert.ok(algorithm in digests, `${name}: there is no algorithm ${algorithm}`);
        const found = algorithmOf(keyObject(publicKey, name));
        assert.equal(found, algorithm, `${name}: it says ${algorithm}, and its public key is ${found}`);
      },
      'signs so that its public key verifies it': async () => {
        const signer = await make();
        for (const size of [1, 32, 1000, 100_000]) {
          const bytes = filled(size, size % 251);
          checkSignature(signer, { bytes, signature: await signed(signer, bytes), name });
        }
      },
      'signs many things at once': async () => {
        const signer = await make();
        const all = Array.from({ length: 16 }, (_, index) => filled(500 + index, index));
        const signatures = await Promise.all(all.map((bytes) => signed(signer, bytes)));
        for (const [index, bytes] of all.entries()) {
          checkSignature(signer, { bytes, signature: signatures[index] ?? new Uint8Array(), name });
        }
      },
      'keeps its public key': async () => {
        const signer = await make();
        const before = Buffer.from(signer.publicKey);
        await signed(signer, filled(100, 1));
        assert.ok(before.equals(signer.publicKey), `${name}: its public key is another one after it has signed`);
      },
      'changes nothing of what it signs': async () => {
        const signer = await make();
        const bytes = filled(100, 1);
        const signature = await signed(signer, bytes);
        assert.ok(Buffer.from(filled(100, 1)).equals(bytes), `${name}: it changes the bytes that it is to sign`);
        const kept = Buffer.from(signature);
        await signed(signer, filled(100, 2));
        assert.ok(kept.equals(signature), `${name}: the next signature is written over the last one`);
      },
      'makes certificates that verify': async () => {
        await duringAsync(`${name} makes a certificate`, async () => certifyWith(await make()));
      },
    },
  });
}

type Signed = { readonly bytes: Uint8Array; readonly signature: Uint8Array; readonly name: string };

function checkSignature({ algorithm, publicKey }: Signer, { bytes, signature, name }: Signed): void {
  assert.ok(signature instanceof Uint8Array, `${name}: a signature must be a Uint8Array`);
  const key = keyObject(publicKey, name);
  if (verify(digests[algorithm], bytes, { key, dsaEncoding: 'der' }, signature)) return;
  const raw = algorithm.startsWith('ecdsa') && isRaw({ digest: digests[algorithm], bytes, key, signature });
  assert.fail(
    raw
      ? `${name}: an ECDSA signature must be in DER, and this one is r and s in a row`
      : `${name}: its signature of ${bytes.length} bytes does not verify with ${digests[algorithm] ?? algorithm}`,
  );
}

function isRaw({
  digest,
  bytes,
  key,
  signature,
}: Omit<Signed, 'name'> & { readonly digest: string | null; readonly key: ReturnType<typeof keyObject> }): boolean {
  return verify(digest, bytes, { key, dsaEncoding: 'ieee-p1363' }, signature);
}

function keyObject(publicKey: Uint8Array, name: string) {
  try {
    return createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  } catch {
    return assert.fail(`${name}: its public key must be DER of a SubjectPublicKeyInfo`);
  }
}

function filled(size: number, byte: number): Uint8Array {
  return new Uint8Array(size).fill(byte);
}
