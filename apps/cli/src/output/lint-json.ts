import { waivers } from '@kubepki/core';
import type { Linted } from '../commands/lint.ts';
import type { Judged } from '../lint/judge.ts';
import { countsOf, subjectText } from './linted.ts';

/** What was found in certificates as one JSON document; certificates in which nothing was found are in it too. */
export function lintedJson({ profile, files, certificates }: Linted) {
  return {
    profile,
    counts: { files, certificates: certificates.length, ...countsOf(certificates) },
    certificates: certificates.map((judged) => certificateJson(judged, profile)),
  };
}

function certificateJson({ places, fingerprint, subject, issuer, findings }: Judged, profile: Linted['profile']) {
  return {
    places,
    subject: subject === undefined ? null : subjectText(subject),
    fingerprint,
    issuer: issuer ?? null,
    findings: findings.map((finding) => {
      const reason = finding.waived ? waivers[profile].find(({ rule }) => rule === finding.rule)?.reason : undefined;
      return reason === undefined ? finding : { ...finding, reason };
    }),
  };
}
