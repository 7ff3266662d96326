import {
  type Algorithm,
  algorithmOf,
  formatDuration,
  type Json,
  keyFromPrivatePem,
  parseCertificates,
} from '@kubepki/core';
import { attempted } from '../old/identify.ts';
import { type DraftField, field } from './draft.ts';
import type { NodeFacts } from './node.ts';
import { type Seen, seen } from './views.ts';

const authorities = ['ca', 'etcd/ca', 'front-proxy-ca'] as const;
const leaves = ['apiserver', 'apiserver-kubelet-client', 'etcd/server', 'front-proxy-client'] as const;
const backdate = 300;
const defaults = { authorities: 10 * 365 * 86_400, leaves: 365 * 86_400 };

/** The first certificate of a name that any node has. */
export function anyOf(nodes: readonly NodeFacts[], name: string): Seen | undefined {
  for (const { view } of nodes) {
    const found = view.certificate(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether an authority is as the profile strict makes it; kubeadm's has other usages. */
export function isStrict(seen: Seen | undefined): boolean {
  return seen?.details.pathLength !== undefined && [...seen.details.keyUsage].sort().join() === 'cRLSign,keyCertSign';
}

/** The first authority that a profile makes; kubeadm's has its own name as a SAN, and those by hand seldom have. */
function ofProfile(nodes: readonly NodeFacts[], strict: boolean): Seen | undefined {
  const made = (seen: Seen) => {
    const name = seen.details.subject.find(({ type }) => type === 'CN')?.value ?? '';
    return strict ? isStrict(seen) : seen.details.sans.dns.includes(name);
  };
  return authorities.flatMap((name) => anyOf(nodes, name) ?? []).find(made);
}

/** How long authorities and others live. kubeadm backdates and counts from now on; kubepki counts the whole life. */
export function validityField(
  nodes: readonly NodeFacts[],
  { strict, withIssuer }: { readonly strict: boolean; readonly withIssuer: boolean },
): DraftField | undefined {
  const length = (seen: Seen | undefined) =>
    seen && (seen.certificate.notAfter.getTime() - seen.certificate.notBefore.getTime()) / 1000;
  const ca = length(ofProfile(nodes, strict));
  // Up to 1.27 nothing was backdated; which lives are whole then tells it.
  const early = !strict && ca !== undefined && ca % 3600 === 0;
  const planned = (seconds: number | undefined) => {
    if (seconds === undefined) return undefined;
    if (strict) return seconds + 1;
    // Whole hours are of somebody who does not backdate.
    return seconds % 3600 === 0 ? seconds : seconds - backdate;
  };
  const life = planned(ca);
  const one = planned(length(leaves.map((name) => anyOf(nodes, name)).find((each) => each)));
  const whole = strict ? planned(length(adminOf(nodes))) : undefined;
  const leaf = withIssuer ? undefined : (whole ?? (strict && one !== undefined ? wholeDays(one) : one));
  const value: Record<string, Json> = {
    ...(life === undefined || life === defaults.authorities || life <= 0 ? {} : { authorities: formatDuration(life) }),
    ...(leaf === undefined || leaf === defaults.leaves || leaf <= 0 ? {} : { leaves: formatDuration(leaf) }),
    ...(early ? { backdate: '0s' } : {}),
    // Lives of nodes' certificates are a little shorter than asked for unless that is left out.
    ...(strict && one !== undefined && one === leaf ? { stagger: false } : {}),
  };
  return field(Object.keys(value).length === 0 ? undefined : value);
}

/** A person's certificate belongs to no node, and so lives as long as is asked for. */
function adminOf(nodes: readonly NodeFacts[]): Seen | undefined {
  for (const { view } of nodes) {
    const pem = view.kubeconfig('admin')?.certificate;
    const found = pem && seen(attempted(() => parseCertificates(pem.text, pem.where)[0]));
    if (found !== undefined) return found;
  }
  return undefined;
}

function wholeDays(seconds: number): number {
  return Math.ceil(seconds / 86_400) * 86_400;
}

/** The kinds of keys that there are. */
export type KeyKinds = {
  readonly authorities: Algorithm | undefined;
  readonly leaves: Algorithm | undefined;
  readonly serviceAccounts: Algorithm | undefined;
};

export function keyKinds(nodes: readonly NodeFacts[]): KeyKinds {
  const first = (names: readonly string[]) => names.flatMap((name) => anyOf(nodes, name)?.details.keys ?? [])[0];
  return { authorities: first(authorities), leaves: first(leaves), serviceAccounts: serviceAccountKind(nodes) };
}

/** One kind for all, or one for each. kubeadm has one: an authority of another is not of its making. */
export function keysField(
  kinds: KeyKinds,
  { strict, usual }: { readonly strict: boolean; readonly usual: Algorithm },
): DraftField | undefined {
  const { leaves: own = kinds.serviceAccounts ?? kinds.authorities } = kinds;
  const known = Object.entries(kinds).filter(([, kind]) => kind !== undefined) as [string, Algorithm][];
  if (!strict || known.every(([, kind]) => kind === own)) return field(own === usual ? undefined : own);
  return field(Object.fromEntries(known));
}

function serviceAccountKind(nodes: readonly NodeFacts[]): Algorithm | undefined {
  for (const { view } of nodes) {
    const pem = view.key('sa');
    const key = pem === undefined ? undefined : attempted(() => keyFromPrivatePem(pem, 'sa.key'));
    if (key !== undefined) return algorithmOf(key.publicKey);
  }
  return undefined;
}
