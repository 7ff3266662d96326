import { X509Certificate } from 'node:crypto';
import { dirname } from 'node:path';
import { type Certificate, describe, PkiError, type Problem, parseCertificate } from '@kubepki/core';
import { paced } from '../paced.ts';
import { type Found, formatPlace, issuersAmong, type Place } from '../reader/index.ts';
import type { Kind, Watched } from '../watched.ts';

/** A certificate that was read, everywhere that it stands. */
type Read = { readonly certificate: Certificate; readonly places: readonly Place[] };

/** The certificates that were found in files, each once, with those above them that were found too. */
export async function watchedFiles(
  found: readonly Found[],
  signal?: AbortSignal,
): Promise<{ readonly watched: readonly Watched[]; readonly problems: readonly Problem[] }> {
  const { all, problems } = await readAll(found, signal);
  const issuerOf = issuersAmong([...all.values()].map(({ certificate }) => certificate));
  const above = new Map<string, Certificate | 'self' | undefined>();
  for await (const { certificate } of paced(all.values(), signal))
    above.set(certificate.fingerprint, issuerOf(certificate));
  const idOf = (certificate: Certificate) => formatPlace(firstOf(all.get(certificate.fingerprint)?.places ?? []));
  const watched = [...all.values()].map(({ certificate, places }): Watched => {
    const first = firstOf(places);
    const its = { ...detailsOf(certificate), issuer: issuerNameOf(certificate) };
    const earliest = earliestOf(certificate, above);
    return {
      id: formatPlace(first),
      kind: kindOf(its, places),
      group: dirname(first.file),
      node: /^system:node:(.+)$/.exec(its.commonName ?? '')?.[1],
      issuer: its.issuer,
      begins: certificate.notBefore,
      notAfter: certificate.notAfter,
      ends: earliest.notAfter,
      endsWith: earliest === certificate ? undefined : idOf(earliest),
      life: (certificate.notAfter.getTime() - certificate.notBefore.getTime()) / 1000,
      renews: undefined,
      serial: certificate.serial,
      fingerprint: certificate.fingerprint,
      tree: undefined,
      files: [...new Set(places.map(formatPlace))],
    };
  });
  return { watched, problems };
}

async function readAll(found: readonly Found[], signal: AbortSignal | undefined) {
  const all = new Map<string, { readonly certificate: Certificate; readonly places: Place[] }>();
  const problems: Problem[] = [];
  for await (const { place, der } of paced(found, signal)) {
    try {
      const certificate = parseCertificate(der, formatPlace(place));
      // What cannot be described has extensions that nobody can read.
      describe(certificate);
      const known = all.get(certificate.fingerprint);
      if (known === undefined) all.set(certificate.fingerprint, { certificate, places: [place] });
      else known.places.push(place);
    } catch (error) {
      if (!(error instanceof PkiError)) throw error;
      const [, reason = error.message] = /cannot be read: (.*)$/s.exec(error.message) ?? [];
      problems.push({ where: formatPlace(place), message: `its certificate cannot be read: ${reason}` });
    }
  }
  return { all: all as ReadonlyMap<string, Read>, problems };
}

/** The file of a certificate itself says more of it than a kubeconfig or a bundle that holds it too. */
function firstOf(places: readonly Place[]): Place {
  const rank = ({ entry, number }: Place) => (entry === undefined ? 0 : 2) + (number === undefined ? 0 : 1);
  return [...places].sort((a, b) => rank(a) - rank(b))[0] ?? { file: '' };
}

/** Of a certificate and those above it the one that ends first. */
function earliestOf(
  certificate: Certificate,
  above: ReadonlyMap<string, Certificate | 'self' | undefined>,
): Certificate {
  const passed = new Set<Certificate>();
  let earliest = certificate;
  let next: Certificate | 'self' | undefined = certificate;
  while (next !== undefined && next !== 'self' && !passed.has(next)) {
    passed.add(next);
    if (next.notAfter < earliest.notAfter) earliest = next;
    next = above.get(next.fingerprint);
  }
  return earliest;
}

type Described = { readonly commonName: string | undefined; readonly authority: boolean; readonly server: boolean };

function detailsOf(certificate: Certificate): Described {
  const { subject, authority, extendedKeyUsage } = describe(certificate);
  const commonName = subject.findLast(({ type }) => type === 'CN')?.value;
  return { commonName, authority, server: extendedKeyUsage.includes('serverAuth') };
}

/** Whoever is a user of a kubeconfig and none of the cluster's own is a person, or stands for one. */
function kindOf({ authority, commonName = '', server }: Described, places: readonly Place[]): Kind {
  if (authority) return 'authority';
  const user = places.some(({ entry }) => entry?.startsWith('users'));
  if (user && !commonName.startsWith('system:')) return 'person';
  return server ? 'server' : 'client';
}

/** The issuer's common name, as it stands in the certificate. */
function issuerNameOf({ der }: Certificate): string | undefined {
  try {
    const names: Record<string, unknown> = { ...new X509Certificate(der).toLegacyObject().issuer };
    const name = Array.isArray(names.CN) ? names.CN.at(-1) : names.CN;
    return typeof name === 'string' ? name : undefined;
  } catch {
    return undefined;
  }
}
