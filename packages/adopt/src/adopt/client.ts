import {
  addressesOf,
  type Certificate,
  connectionsOf,
  type Plan,
  parseCertificates,
  targets,
  trustedBy,
  urlOf,
} from '@kubepki/core';
import { attempted } from '../old/identify.ts';
import { safeText } from '../old/safe-text.ts';
import type { OldClient } from './pieces.ts';
import type { Note } from './verdict.ts';

/** How a kubelet that joined by a token calls its cluster (kubernetes pkg/kubelet/certificate/bootstrap/bootstrap.go). */
const bootstrapped = 'default-cluster';

/** In what an old kubeconfig differs from the one that is written in its place. */
export function* clientNotes(
  { spec, kubeconfig }: OldClient,
  { plan, authorities }: { readonly plan: Plan; readonly authorities: ReadonlyMap<string, Certificate> },
): Generator<Note> {
  const { where } = kubeconfig;
  const [connection] = connectionsOf(plan, spec);
  const server = connection && targets(plan, { client: spec, connection })[0];
  const [address] = server === undefined ? [] : addressesOf(plan, { server, at: connection?.at ?? 'each' });
  if (server === undefined || address === undefined) return;
  const changed = (what: string, before: string | undefined, after: string): Note | undefined =>
    before === after || before === undefined
      ? undefined
      : { fault: 'differs', where, message: `its ${what} is ${safeText(before)}, and ${after} is written` };
  const all = [
    changed('server', withoutSecrets(kubeconfig.server), urlOf(address)),
    ...(kubeconfig.cluster === bootstrapped ? [] : [changed('cluster', kubeconfig.cluster, plan.cluster.name)]),
  ];
  yield* all.filter((note) => note !== undefined);
  const pem = kubeconfig.authority;
  if (pem === undefined || server.issuer === undefined) return;
  const trusted = attempted(() => parseCertificates(pem.text, pem.where)) ?? [];
  const wanted = trustedBy(plan.uses, [server.issuer]).flatMap((name) => authorities.get(name)?.fingerprint ?? []);
  const known = new Set(trusted.map(({ fingerprint }) => fingerprint));
  if (wanted.every((fingerprint) => known.has(fingerprint))) return;
  yield {
    fault: 'wrong',
    where,
    message: 'it trusts another authority than the one that its server has, and is written anew',
  };
}

/** A URL may name a user and a password, which are nobody's business. */
function withoutSecrets(server: string | undefined): string | undefined {
  return server?.replace(/^([a-z]+:\/\/)[^/]*@/i, '$1…@');
}
