/** What a certificate is for: to sign others, for a human being, for a server, for a client that is a process. */
export type Kind = 'authority' | 'person' | 'server' | 'client';

/** A certificate and when it stops being good. */
export type Watched = {
  /** Its id in the plan (`apiserver@cp-1`); of a file of somebody else's the file, and where in it. */
  readonly id: string;
  readonly kind: Kind;
  /** What it has in common with its like on other nodes: the name in the plan, or the folder. */
  readonly group: string;
  readonly node: string | undefined;
  /** The authority that signed it: its id in the plan, or its common name. */
  readonly issuer: string | undefined;
  /** Undefined where nobody knows without reading it: somebody else made it, or its life was cut to its authority's end. */
  readonly begins: Date | undefined;
  /** The last second of its own life. */
  readonly notAfter: Date;
  /** The last second in which it is good: the earliest end of its own and of the authorities' above it. */
  readonly ends: Date;
  /** The authority by which it ends earlier than by itself, by its id. */
  readonly endsWith: string | undefined;
  /** Seconds from its beginning to its end. */
  readonly life: number;
  /** `itself`: the process that has it replaces it long before its end, so that it does not count. */
  readonly renews: 'itself' | undefined;
  /** Lower-case hexadecimal; undefined where it was not noted. */
  readonly serial: string | undefined;
  /** SHA-256 over its DER, lower-case hexadecimal. */
  readonly fingerprint: string;
  /** The output folder of kubepki that it is of, where it is of one. */
  readonly tree: string | undefined;
  /** Where it stands. Of a tree the paths in its current generation. */
  readonly files: readonly string[];
};

/** As the API server names a credential in its audit log (kubernetes/apiserver pkg/authentication/request/x509/x509.go). */
export function credentialId({ fingerprint }: Pick<Watched, 'fingerprint'>): string {
  return `X509SHA256=${fingerprint}`;
}

/** Whole seconds that are left; negative: it is over. */
export function secondsLeft({ ends }: Pick<Watched, 'ends'>, now: Date): number {
  return Math.floor((ends.getTime() - now.getTime()) / 1000);
}

/** A month before the end, or the last third of a life that is shorter than three, a certificate ends soon. */
const month = 30 * 86_400;

/** How a certificate is at an instant. */
export type State = 'expired' | 'not yet valid' | 'ends soon' | 'good';

/** How a certificate is now. */
export function stateOf(watched: Pick<Watched, 'begins' | 'ends' | 'life'>, now: Date): State {
  const left = secondsLeft(watched, now);
  if (left < 0) return 'expired';
  if (watched.begins !== undefined && watched.begins > now) return 'not yet valid';
  return left < Math.min(month, watched.life / 3) ? 'ends soon' : 'good';
}

/** Whether a certificate counts, and is over or not yet valid at any time between now and so many seconds from now. */
export function isUnder(watched: Watched, { now, seconds }: { readonly now: Date; readonly seconds: number }): boolean {
  if (!counts(watched, seconds)) return false;
  const state = stateOf(watched, now);
  return state === 'expired' || state === 'not yet valid' || secondsLeft(watched, now) < seconds;
}

/**
 * Whether the end of a certificate is held against a threshold of so many seconds. What a process renews itself is not,
 * nor what the plan gives a person for no longer than that: it would be under it from its first second on.
 */
export function counts({ renews, kind, life, tree }: Watched, seconds: number): boolean {
  return renews === undefined && !(tree !== undefined && kind === 'person' && life <= seconds);
}

/** The one that ends first comes first, and of those that end together the one whose id does. */
export function byEnd(a: Watched, b: Watched): number {
  return a.ends.getTime() - b.ends.getTime() || (a.id < b.id ? -1 : Number(a.id > b.id));
}
