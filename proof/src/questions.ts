import type { Authority, Subject } from './made.ts';

/** Why a certificate is refused, in words that all verifiers share. */
export type Reason = 'purpose' | 'early' | 'over' | 'stranger' | 'disguised' | 'changed' | 'name';

/** A question about some certificates under one authority, and what is right to say. */
export type Question = {
  readonly text: string;
  readonly trust: string;
  /** Paths of the certificates. */
  readonly files: readonly string[];
  readonly purpose?: 'server' | 'client';
  /** Seconds since 1970. */
  readonly at?: number;
  readonly name?: string;
  readonly right: 'accepted' | Reason;
};

const sides = ['server', 'client'] as const;

/** What can be asked about all certificates of an authority at once. */
export function* questions(authority: Authority, subjects: readonly Subject[]): Generator<Question> {
  const trust = authority.file;
  for (const purpose of sides) {
    const can = subjects.filter(({ usages }) => usages.includes(purpose));
    const cannot = subjects.filter(({ usages }) => !usages.includes(purpose));
    const files = filesOf(can);
    yield { text: `a ${purpose}, as a ${purpose}`, trust, purpose, files, right: 'accepted' };
    yield { text: `no ${purpose}, as a ${purpose}`, trust, purpose, files: filesOf(cannot), right: 'purpose' };
  }
  yield* untrusted(authority, subjects);
}

/** Whether somebody is trusted whom nothing makes trustworthy. */
export function* untrusted(
  { file, stranger, disguised }: Authority,
  subjects: readonly Subject[],
): Generator<Question> {
  const files = filesOf(subjects);
  yield { text: 'another authority of the same name', trust: stranger, files, right: 'stranger' };
  yield { text: 'another one of the same name and key identifier', trust: disguised, files, right: 'disguised' };
  const changed = subjects.map((subject) => subject.changed);
  yield { text: 'another bit in the signature', trust: file, files: changed, right: 'changed' };
}

/**
 * A life ends with its last second, `notAfter` (RFC 5280 4.1.2.5: "through notAfter, inclusive"). OpenSSL takes that
 * second for the first one after it: X509_cmp_time answers "earlier" where the two are equal.
 */
const lastSecond = { openssl: 'over' } as const;

/** Whether a life has the ends that the certificate says: its first and last second, and the ones outside. */
export function* lives({ file: trust }: Authority, subjects: readonly Subject[]): Generator<Question> {
  const spans = new Map<string, Subject[]>();
  for (const subject of subjects) {
    const span = `${subject.notBefore} ${subject.notAfter}`;
    spans.set(span, [...(spans.get(span) ?? []), subject]);
  }
  for (const same of spans.values()) {
    const files = filesOf(same);
    const { notBefore = 0, notAfter = 0 } = same[0] ?? {};
    const [first, last] = [notBefore / 1000, notAfter / 1000];
    yield { text: 'the second before its life', trust, files, at: first - 1, right: 'early' };
    yield { text: 'the first second of its life', trust, files, at: first, right: 'accepted' };
    yield { text: 'the second before its last one', trust, files, at: last - 1, right: 'accepted' };
    yield { text: 'the last second of its life', trust, files, at: last, right: lastSecond.openssl };
    yield { text: 'the second after its life', trust, files, at: last + 1, right: 'over' };
  }
}

function filesOf(subjects: readonly Subject[]): readonly string[] {
  return subjects.map(({ file }) => file);
}
