import { readFileSync } from 'node:fs';
import { type Algorithm, type Key, type KeySource, keyFromPrivatePem, softwareKeys } from '@kubepki/core';

/**
 * A key source for tests: RSA keys are prepared ones, so that no test waits for them; the others are made, which is
 * as fast as reading. Prepared keys come round again when all of a kind were handed out (16 of 2048 bits, 4 of 3072
 * and of 4096). Everybody has them: they are for tests alone.
 */
export function fixtureKeys(): KeySource {
  const software = softwareKeys();
  const handedOut = new Map<Algorithm, number>();
  return {
    async make(request) {
      const { algorithm } = request;
      const pems = prepared().get(algorithm);
      if (pems === undefined) return software.make(request);
      const count = handedOut.get(algorithm) ?? 0;
      handedOut.set(algorithm, count + 1);
      return read(pems[count % pems.length] ?? '', algorithm);
    },
  };
}

const file = new URL('../fixtures/TEST-ONLY-keys.pem', import.meta.url);
const parsed = new Map<string, Key>();
let pool: ReadonlyMap<string, readonly string[]> | undefined;

/** The prepared keys as PEM, by their algorithm. */
function prepared(): ReadonlyMap<string, readonly string[]> {
  if (pool !== undefined) return pool;
  const found = new Map<string, string[]>();
  const section = /^TEST ONLY (\S+) .*\n(-----BEGIN [^-]+-----[^-]+-----END [^-]+-----)$/gm;
  for (const [, algorithm = '', pem = ''] of readFileSync(file, 'utf8').matchAll(section)) {
    found.set(algorithm, [...(found.get(algorithm) ?? []), `${pem}\n`]);
  }
  pool = found;
  return pool;
}

function read(pem: string, algorithm: Algorithm): Key {
  const key = parsed.get(pem) ?? keyFromPrivatePem(pem, `a prepared key of ${algorithm}`);
  parsed.set(pem, key);
  return key;
}
