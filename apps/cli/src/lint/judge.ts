import { createHash } from 'node:crypto';
import {
  type Certificate,
  describe,
  type Finding,
  lintCertificate,
  PkiError,
  parseCertificate,
  signatureIsBy,
} from '@kubepki/core';
import { groupBy } from '../group.ts';
import type { Found, Place } from './place.ts';
import { usesOf } from './uses.ts';

/** A certificate, everywhere that it stands, and what was found in it. */
export type Judged = {
  readonly places: readonly Place[];
  /** SHA-256 over its bytes. */
  readonly fingerprint: string;
  /** Undefined where it cannot be read. */
  readonly subject: readonly { readonly type: string; readonly value: string }[] | undefined;
  /** Who signed it: itself, or the one with that fingerprint; undefined where that one is not there. */
  readonly issuer: string | undefined;
  readonly findings: readonly Finding[];
};

/** So many are tried as the one who signed another; names can be alike, and verifying takes long. */
const most = 64;

/** Holds each certificate against the rules, beside the one who issued it where that is there too. */
export function* judge(
  found: readonly Found[],
  { waives, signal }: { readonly waives: readonly string[]; readonly signal: AbortSignal },
): Generator<Judged> {
  const groups = groupBy(found, ({ der }) => createHash('sha256').update(der).digest('hex'));
  const read = new Map([...groups].map(([fingerprint, [first]]) => [fingerprint, readable(first?.der)]));
  const certificates = [...read.values()].filter((certificate) => certificate !== undefined);
  const bySubject = groupBy(certificates, ({ subject }) => hex(subject));
  const byKey = groupBy(certificates, ({ subjectKeyId }) => hex(subjectKeyId));
  for (const [fingerprint, group] of groups) {
    signal.throwIfAborted();
    const certificate = read.get(fingerprint);
    // The file of a certificate itself says more of it than a kubeconfig that holds it too.
    const places = group.map(({ place }) => place).sort((a, b) => Number('entry' in a) - Number('entry' in b));
    const candidates = [...(bySubject.get(hex(certificate?.issuer)) ?? []), ...keyed(certificate, byKey)];
    const issuer = certificate === undefined ? undefined : issuerOf(certificate, candidates);
    const findings = lintCertificate(group[0]?.der ?? new Uint8Array(), { issuer, uses: usesOf(places), waives });
    yield {
      places,
      fingerprint,
      subject: subjectOf(certificate),
      issuer: issuer === undefined || issuer === 'self' ? issuer : issuer.fingerprint,
      findings,
    };
  }
}

function keyed(certificate: Certificate | undefined, byKey: ReadonlyMap<string, readonly Certificate[]>) {
  const id = hex(certificate?.authorityKeyId);
  return id === '' ? [] : (byKey.get(id) ?? []);
}

/** Of several that can have signed it, as an authority before and after its renewal, the one that outlives it. */
function issuerOf(certificate: Certificate, candidates: readonly Certificate[]): Certificate | 'self' | undefined {
  const { fingerprint } = certificate;
  if (signatureIsBy(certificate, certificate.publicKey)) return 'self';
  const others = [...new Set(candidates)].filter((candidate) => candidate.fingerprint !== fingerprint).slice(0, most);
  const signers = others.filter((candidate) => signatureIsBy(certificate, candidate.publicKey));
  const byEnd = signers.sort((a, b) => b.notAfter.getTime() - a.notAfter.getTime());
  return byEnd.find((issuer) => isWithin(certificate, issuer)) ?? byEnd[0];
}

function isWithin(certificate: Certificate, issuer: Certificate): boolean {
  return certificate.notBefore >= issuer.notBefore && certificate.notAfter <= issuer.notAfter;
}

function readable(der: Uint8Array = new Uint8Array()): Certificate | undefined {
  return unlessUnreadable(() => parseCertificate(der, 'a certificate'));
}

function subjectOf(certificate: Certificate | undefined): Judged['subject'] {
  return certificate === undefined ? undefined : unlessUnreadable(() => describe(certificate).subject);
}

/** What cannot be read breaks a rule, and is no reason to stop. */
function unlessUnreadable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof PkiError) return undefined;
    throw error;
  }
}

function hex(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? '' : Buffer.from(bytes).toString('hex');
}
