import type { Version } from './cluster.ts';
import { type Parsed, read, textField, wrong } from './text.ts';

/** The newest patch release of each minor release, as of 27 October 2026 (the tags of k8s.io/client-go; 1.28: kubernetes.io). */
const newestPatch: Readonly<Record<number, number>> = {
  28: 15,
  29: 15,
  30: 14,
  31: 14,
  32: 13,
  33: 13,
  34: 13,
  35: 10,
  36: 6,
  37: 2,
};

/** The oldest release whose rules are known. */
export const oldestVersion = '1.28';
/** The newest release whose rules are known. */
export const newestVersion = '1.37';

/** Reads `1.30`, `1.30.4` or `v1.30.4`. Without a patch it is the newest known one; newer releases than the newest known are read too. */
export function parseVersion(text: string): Parsed<Version> {
  const digits = /^v?(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?$/.exec(text);
  if (digits === null) {
    const release = /^v?(1\.\d{1,4}\.\d{1,4})[-+]/.exec(text)?.[1];
    return wrong(
      'not a Kubernetes version',
      release === undefined ? `write one like "${newestVersion}"` : `write "${release}"`,
    );
  }
  const minor = Number(digits[2]);
  if (digits[1] !== '1')
    return wrong('not a known Kubernetes version', `write one from "${oldestVersion}" to "${newestVersion}"`);
  if (minor < minorOf(oldestVersion)) {
    return wrong(
      `older than ${oldestVersion}, the oldest version whose certificates are known`,
      `write one from "${oldestVersion}" to "${newestVersion}"`,
    );
  }
  return read({ minor, patch: digits[3] === undefined ? (newestPatch[minor] ?? 0) : Number(digits[3]) });
}

/** Reads a version in a schema. */
export const versionField = textField(parseVersion);

/** Whether a version is newer than the newest one whose rules are known; the newest rules hold for it. */
export function isNewerThanKnown(version: Version): boolean {
  return version.minor > minorOf(newestVersion);
}

/** The version as it is written: `1.37.2`. */
export function formatVersion(version: Version): string {
  return `1.${version.minor}.${version.patch}`;
}

/** Whether a version is this one or a later one. @param threshold `1.31`, `1.33.12` */
export function atLeast(version: Version, threshold: string): boolean {
  const from = release(threshold);
  return version.minor === from.minor ? version.patch >= from.patch : version.minor > from.minor;
}

/**
 * Whether a version has a change that came with these releases, at most one a minor release. A minor release
 * that is not listed has it where it is later than all that are.
 */
export function since(version: Version, thresholds: readonly string[]): boolean {
  const releases = thresholds.map(release);
  const own = releases.find(({ minor }) => minor === version.minor);
  if (own !== undefined) return version.patch >= own.patch;
  return releases.length > 0 && version.minor > Math.max(...releases.map(({ minor }) => minor));
}

function release(threshold: string): Version {
  const [, minor = '', patch = '0'] = threshold.split('.');
  return { minor: Number(minor), patch: Number(patch) };
}

function minorOf(threshold: string): number {
  return release(threshold).minor;
}
