import { createPublicKey } from 'node:crypto';
import { type Key, type KeyPairSpec, type Problem, spkiOf } from '@kubepki/core';
import type { Judged } from './authority.ts';
import type { Piece } from './pieces.ts';
import { type Read, readKey } from './read.ts';
import type { Note, Verdict } from './verdict.ts';

/** The key that signs service-account tokens, as all nodes have it, or what stands in the way of taking it over. */
export function judgeKeyPair({ spec, pieces }: Pick<Judged<KeyPairSpec>, 'spec' | 'pieces'>): {
  readonly verdict: Verdict;
  readonly problems: readonly Problem[];
} {
  const keys = pieces.filter(({ part }) => part === 'key').map(readKey);
  const publics = pieces.filter(({ part }) => part === 'public');
  const unread = keys.flatMap(({ piece, problem }): Problem[] =>
    problem === undefined
      ? []
      : [{ where: piece.where, message: `${spec.id}: ${problem}`, hint: 'bring back the key that signs tokens now' }],
  );
  const [first] = keys;
  const missing = {
    id: spec.id,
    notes: [],
    anew: { id: spec.id, fault: 'missing', reasons: ['it is not there'], where: [] },
  } as const;
  if (first?.value === undefined)
    return { verdict: missing, problems: [...unread, ...(first ? [] : halves(spec, publics))] };
  const problems = [
    ...unread,
    ...several(spec, keys),
    ...otherKind(spec, { key: first.value, where: first.piece.where }),
  ];
  const verdict: Verdict = {
    id: spec.id,
    found: { key: first.value },
    where: [...new Set(keys.map(({ piece }) => piece.where))],
    notes: publics.flatMap((piece) => [...publicNotes(spec, { piece, key: first.value as Key })]),
  };
  return { verdict, problems };
}

/** A new key would end all tokens, so that what is half there is no reason to make one. */
function halves(spec: KeyPairSpec, publics: readonly Piece[]): readonly Problem[] {
  return publics.map(({ where }) => ({
    where,
    message: `the public half of ${spec.id} is there, and its private key is not`,
    hint: 'bring sa.key from a control plane or a backup: with another key all tokens of service accounts would end',
  }));
}

function* several(spec: KeyPairSpec, keys: readonly Read<Key>[]): Generator<Problem> {
  const groups = new Map<string, string[]>();
  for (const { value, piece } of keys) {
    if (value === undefined) continue;
    const print = Buffer.from(spkiOf(value.publicKey)).toString('hex');
    groups.set(print, [...(groups.get(print) ?? []), piece.where]);
  }
  if (groups.size < 2) return;
  for (const places of groups.values()) {
    yield {
      where: places.join(', '),
      message: `${spec.id} is another key here than elsewhere`,
      hint: 'control planes share one: leave the folder out that has an old one',
    };
  }
}

function* otherKind(
  spec: KeyPairSpec,
  { key, where }: { readonly key: Key; readonly where: string },
): Generator<Problem> {
  if (key.algorithm === spec.keys) return;
  const hint = `set keys.serviceAccounts to ${key.algorithm}; with another key all tokens of service accounts would end`;
  yield { where, message: `${spec.id} is ${key.algorithm}, and the cluster file asks for ${spec.keys}`, hint };
}

/** Whether what verifies tokens knows the key that signs them, and no other. */
function* publicNotes(
  { id }: KeyPairSpec,
  { piece, key }: { readonly piece: Piece; readonly key: Key },
): Generator<Note> {
  const { where, text } = piece;
  const blocks = text.match(/-----BEGIN [A-Z ]*PUBLIC KEY-----[^-]*-----END [A-Z ]*PUBLIC KEY-----/g) ?? [];
  const own = Buffer.from(spkiOf(key.publicKey));
  const others = blocks.filter((block) => !isOf(block, own));
  if (others.length === blocks.length) {
    yield { fault: 'wrong', where, message: `it is not the public half of ${id}, and is written anew` };
  } else if (others.length > 0) {
    yield {
      fault: 'differs',
      where,
      message: `it holds ${others.length} more than the key of ${id}, and these are not taken over`,
      hint: 'tokens that they verify end with the new file: hand it out once nobody has such a token any longer',
    };
  }
}

function isOf(pem: string, spki: Buffer): boolean {
  try {
    return createPublicKey(pem).export({ type: 'spki', format: 'der' }).equals(spki);
  } catch {
    return false;
  }
}
