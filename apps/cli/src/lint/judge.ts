import { createHash } from 'node:crypto';
import { type Certificate, describe, type Finding, lintCertificate, PkiError, parseCertificate } from '@kubepki/core';
import { type Found, issuersAmong, type Place } from '@kubepki/status';
import { groupBy } from '../group.ts';
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

/** Holds each certificate against the rules, beside the one who issued it where that is there too. */
export function* judge(
  found: readonly Found[],
  { waives, signal }: { readonly waives: readonly string[]; readonly signal: AbortSignal },
): Generator<Judged> {
  const groups = groupBy(found, ({ der }) => createHash('sha256').update(der).digest('hex'));
  const read = new Map([...groups].map(([fingerprint, [first]]) => [fingerprint, readable(first?.der)]));
  const issuerOf = issuersAmong([...read.values()].filter((certificate) => certificate !== undefined));
  for (const [fingerprint, group] of groups) {
    signal.throwIfAborted();
    const certificate = read.get(fingerprint);
    // The file of a certificate itself says more of it than a kubeconfig that holds it too.
    const places = group.map(({ place }) => place).sort((a, b) => Number('entry' in a) - Number('entry' in b));
    const issuer = certificate === undefined ? undefined : issuerOf(certificate);
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
