import type { Algorithm } from './algorithm.ts';
import type { Key } from './key.ts';
import { Secret } from './secret.ts';
import { withSpki } from './spki.ts';

/**
 * A key of which the public half is known, and whose private half is read when something asks for it: to look at a
 * thousand certificates nobody needs a thousand private keys.
 */
export function lazyKey(
  spki: Uint8Array,
  { algorithm, read }: { readonly algorithm: Algorithm; read(): Key | undefined },
): Key {
  let known: Key | undefined;
  const key = (): Key => {
    known ??= read();
    if (known === undefined) throw new TypeError('the key is gone');
    return known;
  };
  const lazy: Key = {
    algorithm,
    get publicKey() {
      return key().publicKey;
    },
    get privateKey() {
      return key().privateKey as NonNullable<Key['privateKey']>;
    },
    secret: new Secret(() => key().secret?.reveal() ?? ''),
  };
  return withSpki(lazy, spki);
}
