import { parseSan } from '../cluster/address.ts';
import type { Problem } from '../error.ts';
import type { Plan } from './plan.ts';
import type { LeafSpec, Spec } from './spec.ts';
import { authorityOf } from './uses.ts';

/** RFC 5280, appendix A: ub-common-name and ub-organization-name. OpenSSL refuses longer ones. */
const longest = 64;

/** What is wrong with one spec by itself, or against its authority. */
export function* checkSpec(plan: Plan, spec: Spec): Generator<Problem> {
  if (spec.kind === 'elsewhere') return;
  const by = `component ${spec.component}`;
  if (spec.kind === 'keypair') {
    if (spec.keys === 'ed25519' && spec.serves.includes('sa')) {
      yield {
        where: spec.id,
        message: 'Kubernetes signs service-account tokens with RSA or ECDSA keys only, not with ed25519',
        hint: 'set keys.serviceAccounts to ecdsa-p256',
      };
    }
    return;
  }
  yield* checkText(spec.id, { what: 'common name', text: spec.commonName });
  const authority = authorityOf(plan, spec);
  if (authority !== undefined && !authority.given && spec.validity > authority.validity) {
    yield {
      where: spec.id,
      message: `its life of ${days(spec.validity)} is longer than the ${days(authority.validity)} of its authority ${authority.name}`,
      hint: 'shorten validity.leaves or lengthen validity.authorities',
    };
  }
  if (spec.kind === 'authority') return;
  for (const organization of spec.organizations)
    yield* checkText(spec.id, { what: 'organization', text: organization });
  if (spec.usages.length === 0)
    yield { where: spec.id, message: `${by}: it is neither a server's nor a client's certificate` };
  if (spec.usages.includes('server') && spec.sans.dns.length + spec.sans.ips.length === 0) {
    yield { where: spec.id, message: `${by}: a server needs at least one name or address` };
  }
  if (spec.kubeconfig !== undefined && spec.connects.length !== 1) {
    yield {
      where: spec.id,
      message: `${by}: a kubeconfig names one server, and this one connects to ${spec.connects.length}`,
    };
  }
  yield* checkSans(spec, by);
}

function* checkSans(spec: LeafSpec, by: string): Generator<Problem> {
  for (const text of [...spec.sans.dns, ...spec.sans.ips]) {
    const parsed = parseSan(text);
    const canonical = parsed.ok && ('ip' in parsed.value ? parsed.value.ip : parsed.value.dns) === text;
    const right = canonical && ('ip' in parsed.value ? spec.sans.ips : spec.sans.dns).includes(text);
    if (!right)
      yield {
        where: spec.id,
        message: `${by}: ${JSON.stringify(text)} is no ${spec.sans.dns.includes(text) ? 'DNS name' : 'IP address'} in canonical form`,
      };
  }
}

function* checkText(
  where: string,
  { what, text }: { readonly what: string; readonly text: string },
): Generator<Problem> {
  const bytes = Buffer.byteLength(text);
  if (bytes > longest) {
    yield { where, message: `its ${what} has ${bytes} bytes, and X.509 allows ${longest}`, hint: 'use a shorter name' };
  }
  if (bytes === 0) yield { where, message: `its ${what} is empty` };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(text))
    yield { where, message: `its ${what} holds control characters` };
}

function days(seconds: number): string {
  const count = seconds / 86_400;
  return count >= 1 ? `${Number(count.toFixed(1))} days` : `${seconds} s`;
}
