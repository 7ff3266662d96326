import {
  type AuthoritySpec,
  type Certificate,
  describe,
  differences,
  type Key,
  maySign,
  type Plan,
  type Problem,
  sameKey,
  template,
} from '@kubepki/core';
import { authorityNotes } from './authority-notes.ts';
import type { Piece } from './pieces.ts';
import { certificatesIn, type Read, readCertificate, readKey } from './read.ts';
import { day, type Verdict } from './verdict.ts';

/** What is judged: an authority, its pieces, and when. */
export type Judged<Spec> = {
  readonly spec: Spec;
  readonly pieces: readonly Piece[];
  readonly plan: Plan;
  readonly now: Date;
};

/** An authority as all nodes have it, or what stands in the way of taking it over. */
export function judgeAuthority({ spec, pieces, plan, now }: Judged<AuthoritySpec>): {
  readonly verdict: Verdict;
  readonly problems: readonly Problem[];
} {
  const certificates = pieces.filter(({ part }) => part === 'certificate').map(readCertificate);
  const keys = pieces.filter(({ part }) => part === 'key').map(readKey);
  const missing = {
    id: spec.id,
    notes: [],
    anew: { id: spec.id, fault: 'missing', reasons: ['it is not there'], where: [] },
  } as const;
  const unread = [...certificates, ...keys].flatMap(({ piece, problem }): Problem[] =>
    problem === undefined ? [] : [{ where: piece.where, message: `${spec.id}: ${problem}`, hint: unreadHint }],
  );
  const [first] = certificates;
  const certificate = first?.value;
  if (unread.length > 0) return { verdict: missing, problems: unread };
  if (certificate === undefined || first === undefined) {
    const problems = keys.map(({ piece }) => ({
      where: piece.where,
      message: `the key of ${spec.id} is there, and its certificate is not`,
      hint: 'bring it back from a backup or from any node',
    }));
    return { verdict: missing, problems };
  }
  const fitting = keys.filter(({ value }) => value !== undefined && sameKey(value, certificate));
  const problems = [
    ...several(spec, certificates),
    ...foreignKeys(spec, { certificate, keys, fitting }),
    ...unusable(spec, { certificate, where: first.piece.where, now }),
    ...different(spec, { certificate, where: first.piece.where, plan }),
  ];
  const [key] = fitting;
  const found = { certificate, ...(key?.value === undefined ? {} : { key: key.value }) };
  const where = [...new Set([...certificates, ...fitting].map(({ piece }) => piece.where))];
  const hasKey = key !== undefined;
  const notes = [...authorityNotes(spec, { certificate, where: first.piece.where, hasKey, plan, now })];
  return { verdict: { id: spec.id, found, where, notes }, problems };
}

const unreadHint = 'bring back what was there, or leave the file out of what is adopted';

/** All nodes must have one and the same; and one file no more than one. */
function* several(spec: AuthoritySpec, certificates: readonly Read<Certificate>[]): Generator<Problem> {
  const groups = new Map<string, string[]>();
  for (const { value, piece } of certificates) {
    const print = value?.fingerprint ?? '';
    groups.set(print, [...(groups.get(print) ?? []), piece.where]);
    const count = certificatesIn(piece);
    if (count < 2) continue;
    yield {
      where: piece.where,
      message: `${spec.id}: it holds ${count} certificates, and an authority is taken over as one`,
      hint: 'end the rotation that put them there first, or leave the one that signs alone in a copy of the file',
    };
  }
  if (groups.size < 2) return;
  for (const [print, places] of groups) {
    yield {
      where: places.join(', '),
      message: `${spec.id} is another one here than elsewhere: SHA-256 ${print.slice(0, 16)}…`,
      hint: 'one of them is of another cluster or of an older one: leave the folders that have it out',
    };
  }
}

function* foreignKeys(
  spec: AuthoritySpec,
  {
    certificate,
    keys,
    fitting,
  }: {
    readonly certificate: Certificate;
    readonly keys: readonly Read<Key>[];
    readonly fitting: readonly Read<Key>[];
  },
): Generator<Problem> {
  for (const { piece } of keys.filter((key) => !fitting.includes(key))) {
    yield {
      where: piece.where,
      message: `the key of ${spec.id} is of another certificate than ${certificate.fingerprint.slice(0, 16)}…`,
      hint: 'bring the right pair back from a backup; without the file the authority is taken over without its key',
    };
  }
}

function* unusable(
  { id }: AuthoritySpec,
  { certificate, where, now }: { readonly certificate: Certificate; readonly where: string; readonly now: Date },
): Generator<Problem> {
  const details = describe(certificate);
  const wrong = (message: string, hint: string): Problem => ({ where, message: `${id}: ${message}`, hint });
  if (certificate.notAfter <= now) {
    const hint =
      'nothing it signed is good any longer, and kubepki makes no authority again by itself: a new tree, from which all is handed out anew, has a new one';
    yield wrong(`it ended on ${day(certificate.notAfter)}`, hint);
  }
  if (certificate.notBefore > now)
    yield wrong(`it begins at ${certificate.notBefore.toISOString()}`, "look at this machine's clock");
  if (!maySign(details))
    yield wrong('it may not sign others', 'it is no certificate of an authority: look for the right one');
  if (details.keys === undefined)
    yield wrong('its key is of a kind that is not used any longer, such as RSA of less than 2048 bits', newTree);
}

const newTree = 'generate into another folder makes a new cluster with a new authority; this one cannot be taken over';

/** One that somebody else made may be as it is; any other must be what the cluster file means. */
function* different(
  spec: AuthoritySpec,
  { certificate, where, plan }: { readonly certificate: Certificate; readonly where: string; readonly plan: Plan },
): Generator<Problem> {
  if (spec.given) return;
  const found = differences({ template: template(spec, plan), keys: spec.keys, existing: certificate });
  if (found.length === 0) return;
  yield {
    where,
    message: `${spec.id} differs from the cluster file: ${found.map(({ detail }) => detail).join('; ')}`,
    hint: `write into the cluster file what it is (profile, keys, validity; \`kubepki init --from\` does it), or take it as somebody else's: authorities: {${spec.name}: {certificate: FILE, key: FILE}}`,
  };
}
