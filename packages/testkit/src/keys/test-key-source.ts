import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { inspect } from 'node:util';
import { type Algorithm, algorithmOf, algorithms, type Key, type KeySource, PkiError, publicPem } from '@kubepki/core';
import { duringAsync } from '../suite/explain.ts';
import { keyFinder } from '../suite/leaks.ts';
import { type Rules, type Test, testRules } from '../suite/rules.ts';

/** What a key source is tested with. */
export type KeySourceSuite = {
  /** The kinds of key that it makes; all where they are missing. Any other it must refuse, or make too. */
  readonly algorithms?: readonly Algorithm[];
  readonly name?: string;
};

/** Tests that a key source keeps the rules which hold for every key source. */
export function testKeySource(
  test: Test,
  make: () => KeySource | Promise<KeySource>,
  { algorithms: known = algorithms, name = 'the key source' }: KeySourceSuite = {},
): void {
  const made = (source: KeySource, algorithm: Algorithm, id = 'x') =>
    duringAsync(`${name} makes ${algorithm}`, () => source.make({ id, algorithm }));
  const ofEach = async (check: (key: Key, algorithm: Algorithm) => void) => {
    const source = await make();
    for (const algorithm of known) check(await made(source, algorithm), algorithm);
  };
  const rules: Rules = {
    'makes keys of the kind that is asked for': () =>
      ofEach((key, algorithm) => {
        const found = algorithmOf(key.publicKey);
        assert.equal(key.publicKey.type, 'public', `${name}: its public key is a private one`);
        assert.equal(found, algorithm, `${name}: asked for ${algorithm} it makes ${found}`);
        assert.equal(key.algorithm, algorithm, `${name}: it says ${key.algorithm} of a key of ${algorithm}`);
      }),
    'refuses by a PkiError what it does not make': async () => {
      const source = await make();
      for (const algorithm of algorithms.filter((each) => !known.includes(each))) {
        const key = await source.make({ id: 'x', algorithm }).catch((error: unknown) => error);
        const right = key instanceof PkiError || (key as Key).algorithm === algorithm;
        assert.ok(right, `${name}: asked for ${algorithm} it neither makes it nor refuses by a PkiError`);
      }
    },
    'makes another key each time': async () => {
      const source = await make();
      for (const algorithm of known) {
        const count = algorithm.startsWith('rsa') ? 2 : 8;
        const ids = Array.from({ length: count }, (_, index) => `x@node-${index}`);
        const keys = await Promise.all(ids.map((id) => made(source, algorithm, id)));
        const different = new Set(keys.map(({ publicKey }) => publicPem(publicKey))).size;
        assert.equal(different, count, `${name}: of ${count} keys of ${algorithm} ${different} are different`);
      }
    },
    'gives both halves of one key': () =>
      ofEach(({ publicKey, privateKey, secret }) => {
        const halves = [...(privateKey ? [privateKey] : []), ...(secret ? [privateOf(secret.reveal(), name)] : [])];
        for (const half of halves) {
          const same = publicPem(createPublicKey(half)) === publicPem(publicKey);
          assert.ok(same, `${name}: its private half is of another key`);
        }
      }),
    'writes private keys in the form that Kubernetes writes': () =>
      ofEach(({ secret }, algorithm) => {
        if (secret === undefined) return;
        const pem = secret.reveal();
        const [first] = pem.split('\n');
        assert.equal(
          first,
          `-----BEGIN ${labelOf(algorithm)}-----`,
          `${name}: the PEM of ${algorithm} has another form`,
        );
        assert.match(pem, /-----\n$/, `${name}: the PEM of ${algorithm} does not end with a newline`);
      }),
    'keeps secret what is secret': () =>
      ofEach((key, algorithm) => {
        if (key.secret === undefined) return;
        const hasKey = keyFinder([key.secret.reveal()]);
        const shown = [inspect(key, { depth: 8, showHidden: true }), JSON.stringify(key), String(key.secret)];
        for (const text of shown) assert.ok(!hasKey(text), `${name}: a key of ${algorithm} prints itself`);
      }),
  };
  testRules(test, { name, rules });
}

/** SEC1, PKCS#1, or PKCS#8 for Ed25519. */
function labelOf(algorithm: Algorithm): string {
  if (algorithm.startsWith('ecdsa')) return 'EC PRIVATE KEY';
  return algorithm.startsWith('rsa') ? 'RSA PRIVATE KEY' : 'PRIVATE KEY';
}

function privateOf(pem: string, name: string) {
  try {
    return createPrivateKey(pem);
  } catch {
    return assert.fail(`${name}: what it says is a private key in PEM cannot be read`);
  }
}
