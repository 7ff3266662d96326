import { counts, credentialId, secondsLeft, stateOf, type Watched } from '@kubepki/status';
import type { Shown } from '../commands/status.ts';

/** What ends when as one JSON document: every certificate, the one that ends first first. */
export function statusJson({ now, trees, certificates, threshold, metrics, problems, notes }: Shown) {
  return {
    now,
    trees,
    failUnder: threshold?.seconds ?? null,
    under: [...(threshold?.under ?? [])].map(({ id }) => id),
    metrics: metrics ?? null,
    certificates: certificates.map((watched) => ({
      ...certificateJson(watched, now),
      counts: counts(watched, threshold?.seconds ?? 0),
      under: threshold?.under.has(watched) ?? false,
    })),
    problems,
    notes,
  };
}

function certificateJson(watched: Watched, now: Date) {
  const { id, kind, node, issuer, begins, notAfter, ends, endsWith, renews, serial, tree, files } = watched;
  return {
    id,
    kind,
    node: node ?? null,
    issuer: issuer ?? null,
    begins: begins ?? null,
    notAfter,
    ends,
    endsWith: endsWith ?? null,
    secondsLeft: secondsLeft(watched, now),
    state: stateOf(watched, now),
    renews: renews ?? null,
    serial: serial ?? null,
    fingerprint: credentialId(watched),
    tree: tree ?? null,
    files,
  };
}
