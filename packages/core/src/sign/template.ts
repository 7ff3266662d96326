import type { Algorithm } from '../keys/algorithm.ts';
import type { Plan } from '../plan/plan.ts';
import type { AuthoritySpec, LeafSpec, Use } from '../plan/spec.ts';
import { authorityOf } from '../plan/uses.ts';
import type { ExtendedKeyUsage, KeyUsage, Life, Template } from './certificate.ts';
import { waivers } from './lint/waivers.ts';
import { isPrintable } from './x509/printable.ts';

/** Certificate as JSON for a spec, by the plan's profile. Pure; nothing else knows of profiles. */
export function template(spec: AuthoritySpec | LeafSpec, plan: Plan): Template {
  const strict = plan.profile === 'strict';
  const waives = waived[plan.profile];
  const common = { serialBits: strict ? 159 : 63, life: lifeOf(spec, plan), uses: usesOf(spec, plan), waives } as const;
  if (spec.kind === 'authority') {
    return {
      subject: [{ type: 'CN', value: spec.commonName }],
      authority: true,
      ...(strict ? { pathLength: levelsBelow(spec, plan) } : {}),
      keyUsage: strict ? ['keyCertSign', 'cRLSign'] : ['digitalSignature', 'keyEncipherment', 'keyCertSign'],
      extendedKeyUsage: [],
      // client-go gives an authority its own name as a SAN (util/cert/cert.go, NewSelfSignedCACert).
      sans: { dns: strict ? [] : [spec.commonName], ips: [] },
      subjectKeyId: true,
      ...common,
    };
  }
  return {
    subject: subjectOf(spec),
    authority: false,
    keyUsage: leafKeyUsage(spec.keys, strict),
    extendedKeyUsage: extendedKeyUsages(spec),
    sans: { dns: [...new Set(spec.sans.dns)].sort(), ips: [...new Set(spec.sans.ips)] },
    subjectKeyId: strict,
    ...common,
  };
}

const waived = {
  strict: waivers.strict.map(({ rule }) => rule),
  kubeadm: waivers.kubeadm.map(({ rule }) => rule),
} as const;

/** What a leaf is issued under, or what an authority is trusted for. */
function usesOf(spec: AuthoritySpec | LeafSpec, { uses }: Plan): readonly Use[] {
  if (spec.kind === 'leaf') return [spec.issuer];
  return Object.keys(uses).filter((use) => uses[use]?.trusts.includes(spec.name));
}

/** How many authorities can stand between this one and a leaf. */
function levelsBelow(spec: AuthoritySpec, plan: Plan): number {
  const below = plan.specs.map((other) => (other.kind === 'authority' ? levelsUp(other, { to: spec, plan }) : 0));
  return below.reduce((most, levels) => Math.max(most, levels), 0);
}

/** The steps from an authority up to another; 0 where that is not above it. */
function levelsUp(from: AuthoritySpec, { to, plan }: { readonly to: AuthoritySpec; readonly plan: Plan }): number {
  const passed = new Set([from.name]);
  for (let above = authorityOf(plan, from); above !== undefined; above = authorityOf(plan, above)) {
    if (above.name === to.name) return passed.size;
    if (passed.has(above.name)) return 0;
    passed.add(above.name);
  }
  return 0;
}

/** Encrypting a key to the certificate is a thing of RSA alone (RFC 8813 3, RFC 9295 3); kubeadm always allows it. */
function leafKeyUsage(keys: Algorithm, strict: boolean): readonly KeyUsage[] {
  return strict && !keys.startsWith('rsa') ? ['digitalSignature'] : ['digitalSignature', 'keyEncipherment'];
}

function extendedKeyUsages({ usages }: LeafSpec): readonly ExtendedKeyUsage[] {
  const server = usages.includes('server') ? (['serverAuth'] as const) : [];
  return usages.includes('client') ? [...server, 'clientAuth'] : server;
}

/** The organisations come first and in the order of their DER, since Go writes them as a SET OF. */
function subjectOf({ organizations, commonName }: LeafSpec): Template['subject'] {
  return [
    ...inDerOrder(organizations).map((value) => ({ type: 'O', value }) as const),
    ...(commonName === '' ? [] : [{ type: 'CN', value: commonName } as const]),
  ];
}

function inDerOrder(values: readonly string[]): readonly string[] {
  // Most have one, and nothing is to be compared then.
  if (values.length < 2) return values;
  const keyed = [...new Set(values)].map((value) => ({ value, key: derOrder(value) }));
  return keyed.sort(byKey).map(({ value }) => value);
}

/** Bytes that compare as the attribute's DER does: by length, then UTF8String before PrintableString, then bytes. */
function derOrder(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.of(bytes.length >> 8, bytes.length & 0xff, isPrintable(value) ? 1 : 0), bytes]);
}

function byKey(a: { readonly key: Buffer }, b: { readonly key: Buffer }): number {
  return Buffer.compare(a.key, b.key);
}

/**
 * kubeadm's lives: an authority begins `backdate` before now. Up to 1.30 every leaf begins with its authority
 * (util/pkiutil/pki_helpers.go); from 1.31 on only the clients in kubeconfigs do (phases/kubeconfig/kubeconfig.go).
 * They last `validity` from now on, and are not cut.
 */
function lifeOf(spec: AuthoritySpec | LeafSpec, { profile, backdate, cluster }: Plan): Life {
  const { validity } = spec;
  if (profile === 'strict') return { validity, from: 'backdate', backdate, counts: 'life', cut: true };
  const withIssuer = spec.kind === 'leaf' && (cluster.version.minor <= 30 || spec.kubeconfig !== undefined);
  return { validity, from: withIssuer ? 'issuer' : 'backdate', backdate, counts: 'fromNow', cut: false };
}
