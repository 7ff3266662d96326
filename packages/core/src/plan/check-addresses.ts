import { parseHost, parseSan } from '../cluster/address.ts';
import type { Finding } from './finding.ts';
import type { ElsewhereSpec, LeafSpec } from './spec.ts';

/** A certificate's names and addresses are canonical, and each is among its kind. */
export function* checkSans({ dns, ips }: LeafSpec['sans']): Generator<Finding> {
  for (const text of dns) {
    const read = parseSan(text);
    if (read.ok && 'dns' in read.value && read.value.dns === text) continue;
    yield { message: `${JSON.stringify(text)} is no DNS name in canonical form`, hint: hintFor(read) };
  }
  for (const text of ips) {
    const read = parseSan(text);
    if (read.ok && 'ip' in read.value && read.value.ip === text) continue;
    yield { message: `${JSON.stringify(text)} is no IP address in canonical form`, hint: hintFor(read) };
  }
}

/** What clients connect to goes into their kubeconfigs. */
export function* checkHosts({ addresses }: ElsewhereSpec): Generator<Finding> {
  for (const { host } of addresses) {
    const read = parseHost(host);
    if (read.ok && ('ip' in read.value ? read.value.ip : read.value.dns) === host) continue;
    yield { message: `${JSON.stringify(host)} is no host in canonical form`, hint: hintFor(read) };
  }
}

function hintFor(read: ReturnType<typeof parseSan>): string {
  if (!read.ok) return read.hint ?? 'names are in lower case, and addresses as RFC 5952 writes them';
  return 'ip' in read.value
    ? `write ${read.value.ip}, among the addresses`
    : `write ${read.value.dns}, among the names`;
}
