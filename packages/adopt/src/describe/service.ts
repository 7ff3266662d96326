import { familyOf, formatEndpoint, type Json } from '@kubepki/core';
import { type DraftField, field } from './draft.ts';
import type { NodeFacts } from './node.ts';
import { withoutLoopbacks } from './node.ts';

/** What the API servers' certificates tell of services and of their own further names. */
export type ServiceFacts = {
  readonly subnets: DraftField | undefined;
  readonly dnsDomain: DraftField | undefined;
  /** The first addresses of the services' ranges. */
  readonly ips: readonly string[];
};

const defaultSubnet = '10.96.0.0/12';

/** The ranges of services: as the API server is told, or guessed from its first address. */
export function serviceFacts(nodes: readonly NodeFacts[], knownIps: ReadonlySet<string>): ServiceFacts {
  const [first] = nodes.filter(({ apiserver }) => apiserver !== undefined);
  const domain = first?.apiserver?.details.sans.dns.flatMap(
    (name) => /^kubernetes\.default\.svc\.(.+)$/.exec(name)?.[1] ?? [],
  )[0];
  const dnsDomain = field(domain === 'cluster.local' ? undefined : domain);
  const flag = first?.manifest.flags.get('--service-cluster-ip-range');
  const ips = first === undefined ? [] : serviceIps(first, knownIps);
  if (flag !== undefined) {
    const ranges = flag.split(',');
    return { subnets: field(ranges.join() === defaultSubnet ? undefined : ranges), dnsDomain, ips };
  }
  const ranges = ips.map(guessedRange);
  const why = `guessed from ${ips.join(' and ')} in the API server's certificate, the first address of the range, which is all that certificates have of it`;
  return {
    subnets: ranges.length === 0 || ranges.join() === defaultSubnet ? undefined : field(ranges, why),
    dnsDomain,
    ips,
  };
}

/**
 * The first of the API server's addresses is the service's; with two ranges the second may be too, which is of the
 * other family and nobody else's.
 */
function serviceIps({ apiserver }: NodeFacts, known: ReadonlySet<string>): readonly string[] {
  const [first, second] = withoutLoopbacks(apiserver).ips;
  if (first === undefined || known.has(first)) return [];
  const both =
    second !== undefined && !known.has(second) && familyOf(first) !== familyOf(second) && /[:.]1$/.test(second);
  return both ? [first, second] : [first];
}

/** A range that begins right before an address, as wide as is usual. */
function guessedRange(ip: string): string {
  if (ip === '10.96.0.1') return defaultSubnet;
  if (familyOf(ip) === 6) return `${ip.replace(/:0*1$/, ':')}${ip.endsWith('::1') ? '' : '0'}/112`;
  const before = ip.replace(/\d+$/, (last) => String(Number(last) - 1));
  return `${before}/${before.endsWith('.0.0') ? 16 : before.endsWith('.0') ? 24 : 29}`;
}

/** The endpoint, where it is another than the first control plane's own. */
export function endpointField(nodes: readonly NodeFacts[]): DraftField | undefined {
  const planes = nodes.filter(({ roles }) => roles.includes('control-plane'));
  const endpoint = nodes.find((node) => node.endpoint !== undefined)?.endpoint;
  if (endpoint === undefined) return undefined;
  const { host, port = 443 } = endpoint;
  const bound = portOf(nodes);
  if (host === planes[0]?.advertised && port === bound) return undefined;
  return field(formatEndpoint(host, port));
}

/** The port at which API servers answer on their nodes. */
export function portOf(nodes: readonly NodeFacts[]): number {
  return nodes.find(({ local }) => local?.port !== undefined)?.local?.port ?? 6443;
}

/** What several nodes have in common, and what each has of its own, as options and as exceptions of a cluster file. */
export function sharedAndOwn(extras: readonly { readonly node: string; readonly sans: readonly string[] }[]): {
  readonly shared: readonly string[];
  readonly own: Readonly<Record<string, Json>>;
} {
  const [first, ...others] = extras;
  const shared = (first?.sans ?? []).filter((san) => others.every(({ sans }) => sans.includes(san)));
  const own = extras.flatMap(({ node, sans }) => {
    const rest = sans.filter((san) => !shared.includes(san));
    return rest.length === 0 ? [] : [[node, rest] as const];
  });
  return { shared, own: Object.fromEntries(own) };
}
