import {
  type Certificate,
  describe,
  differences,
  issuedBy,
  type Key,
  type LeafSpec,
  lintCertificate,
  type Plan,
  sameKey,
  template,
} from '@kubepki/core';
import type { Judged } from './authority.ts';
import type { Piece, Unreadable } from './pieces.ts';
import { type Read, readCertificate, readKey } from './read.ts';
import { type Anew, day, daysLeft, type Fault, isBrokenDigest, type Note, type Verdict } from './verdict.ts';

/** A certificate is said to end soon in the last third of its life, and not earlier than a month before its end. */
const month = 30;

/** A leaf that is still good and as planned, or why it is made anew. Of several the first that is good counts. */
export function judgeLeaf({
  spec,
  pieces,
  plan,
  now,
  issuer,
  unreadable,
}: Judged<LeafSpec> & {
  /** The authority that is to have signed it, where it is taken over. */
  readonly issuer: Certificate | undefined;
  readonly unreadable: readonly Unreadable[];
}): Verdict {
  const { id } = spec;
  const verdicts = setsOf(pieces).map((set) => judgeSet(spec, { set, plan, now, issuer }));
  const good = verdicts.find((verdict) => verdict.found !== undefined);
  if (good !== undefined) return good;
  const [first] = verdicts;
  if (first !== undefined) return first;
  const reasons = unreadable.length > 0 ? unreadable.map(({ message }) => message) : ['it is not there'];
  const fault = unreadable[0]?.fault ?? 'missing';
  return { id, notes: [], anew: { id, fault, reasons, where: unreadable.map(({ where }) => where) } };
}

/** What belongs together. */
type Pair = { readonly certificate: Piece | undefined; readonly key: Piece | undefined };

function setsOf(pieces: readonly Piece[]): readonly Pair[] {
  const names = [...new Set(pieces.map(({ set }) => set))];
  return names.map((name) => {
    const part = (wanted: Piece['part']) => pieces.find(({ set, part }) => set === name && part === wanted);
    return { certificate: part('certificate'), key: part('key') };
  });
}

type Context = { readonly plan: Plan; readonly now: Date; readonly issuer: Certificate | undefined };

function judgeSet(spec: LeafSpec, { set, ...context }: Context & { readonly set: Pair }): Verdict {
  const { id } = spec;
  const where = [...new Set([set.certificate, set.key].flatMap((piece) => piece?.where ?? []))];
  const anew = (fault: Fault, ...reasons: readonly string[]): Verdict => {
    return { id, notes: [], anew: { id, fault, reasons, where } satisfies Anew };
  };
  if (set.certificate === undefined) return anew('missing', 'its certificate is not there');
  if (set.key === undefined) return anew('missing', 'its key is not there');
  const certificate = readCertificate(set.certificate);
  const key = readKey(set.key);
  const unread = unreadOf(certificate, key);
  if (certificate.value === undefined || key.value === undefined) return anew(unread.fault, ...unread.reasons);
  const found = { certificate: certificate.value, key: key.value };
  const amiss = amissWith(spec, { ...found, ...context });
  if (amiss !== undefined) return anew(amiss.fault, ...amiss.reasons);
  const notes = notesOn(spec, { certificate: found.certificate, where: set.certificate.where, now: context.now });
  return { id, found, where, notes: [...notes] };
}

/** A key that is too short cannot be read at all. */
function unreadOf(
  certificate: Read<Certificate>,
  key: Read<Key>,
): { readonly fault: Fault; readonly reasons: readonly string[] } {
  const short = certificate.value !== undefined && describe(certificate.value).keys === undefined;
  if (short) return { fault: 'weak', reasons: [shortKey] };
  return { fault: 'wrong', reasons: [certificate.problem, key.problem].flatMap((problem) => problem ?? []) };
}

const shortKey = 'its key is of a kind that is not used any longer, such as RSA of less than 2048 bits';

type Amiss = { readonly fault: Fault; readonly reasons: readonly string[] };

function amissWith(
  spec: LeafSpec,
  { certificate, key, plan, now, issuer }: Context & { readonly certificate: Certificate; readonly key: Key },
): Amiss | undefined {
  const details = describe(certificate);
  if (!sameKey(key, certificate)) return { fault: 'wrong', reasons: ['its key is of another certificate'] };
  if (details.keys === undefined) return { fault: 'weak', reasons: [shortKey] };
  if (isBrokenDigest(details.signatureAlgorithm))
    return { fault: 'weak', reasons: ['it is signed over SHA-1 or MD5, which Go no longer accepts'] };
  if (certificate.notAfter <= now) return { fault: 'weak', reasons: [`it ended on ${day(certificate.notAfter)}`] };
  if (certificate.notBefore > now)
    return { fault: 'wrong', reasons: [`it begins at ${certificate.notBefore.toISOString()}`] };
  if (issuer === undefined) return { fault: 'wrong', reasons: ['its authority is made anew'] };
  if (!issuedBy(certificate, issuer)) return { fault: 'wrong', reasons: ['another authority signed it'] };
  const planned = template(spec, plan);
  const differing = differences({ template: planned, keys: spec.keys, existing: certificate, issuer });
  if (differing.length > 0) return { fault: 'differs', reasons: differing.map(({ detail }) => detail) };
  const { uses, waives = [] } = planned;
  const broken = lintCertificate(certificate.der, {
    template: planned,
    issuer,
    ...(uses ? { uses } : {}),
    waives,
  }).filter(({ rule, severity, waived }) => severity === 'error' && !waived && rule !== 'as-planned');
  if (broken.length === 0) return undefined;
  return { fault: 'weak', reasons: broken.map(({ rule, detail }) => `it breaks ${rule}: ${detail}`) };
}

function* notesOn(
  spec: LeafSpec,
  { certificate, where, now }: { readonly certificate: Certificate; readonly where: string; readonly now: Date },
): Generator<Note> {
  const left = daysLeft(certificate, now);
  const end = day(certificate.notAfter);
  if (left < Math.min(month, spec.validity / 86_400 / 3))
    yield {
      fault: 'weak',
      where,
      message: `${spec.id} ends on ${end}`,
      hint: '`kubepki renew` makes it anew in time',
    };
  if (spec.organizations.includes('system:masters') && left > month) {
    const message = `${spec.id} may do everything until ${end}, and nothing can take that back`;
    const hint = spec.person ? { hint: 'keep it offline for emergencies' } : {};
    yield { fault: 'weak', where, message, ...hint };
  }
}
