import { createHash } from 'node:crypto';
import { type EmitterHost, PkiError } from '@kubepki/core';

/** A bootstrap token: its public half, its secret half, and what tells one from another. */
export type Token = { readonly id: string; readonly secret: string; readonly mark: string };

/** Reads a token from a file once, when it is asked for. */
export function tokenReader(tokenFile: string, host: EmitterHost | undefined): () => Token {
  let known: Token | undefined;
  return () => {
    known ??= tokenOf(textOf(tokenFile, host), tokenFile);
    return known;
  };
}

function textOf(tokenFile: string, host: EmitterHost | undefined): string {
  if (host !== undefined) return host.readSecret(tokenFile);
  throw new PkiError('BOOTSTRAP_TOKEN', 'emitter bootstrap: nobody lends it the token', {
    hint: 'in code: bootstrap({}, { readSecret: () => token })',
  });
}

/**
 * A token as kubernetes staging/src/k8s.io/cluster-bootstrap/token/api/types.go has it.
 * @throws PkiError BOOTSTRAP_TOKEN, without what the file holds
 */
function tokenOf(text: string, where: string): Token {
  const [, id, secret] = /^([a-z0-9]{6})\.([a-z0-9]{16})$/.exec(text.trim()) ?? [];
  if (id !== undefined && secret !== undefined) {
    const mark = createHash('sha256').update(`kubepki bootstrap\n${id}.${secret}`).digest('hex').slice(0, 32);
    return { id, secret, mark };
  }
  const found = text.trim() === '' ? 'it is empty' : `its ${text.trim().length} characters are not of that form`;
  throw new PkiError('BOOTSTRAP_TOKEN', `emitter bootstrap: ${where} holds no token ID.SECRET: ${found}`, {
    hint: 'six and sixteen lower-case letters and digits with a dot between, as `kubeadm token generate` prints it',
  });
}
