import type { Problem } from '@kubepki/core';
import type { Attempt, Reason, Verdict } from './attempt.ts';
import type { Observed } from './judge.ts';
import { nameIn } from './names.ts';

/** What is wrong where an attempt did not go as planned, at the certificate whose fault it is. */
export function problemOf(attempt: Attempt & { readonly serves: string }, observed: Observed): Problem {
  const { client, serves, server, presents, expected, probe, why } = attempt;
  const { verdict } = observed;
  const shown = presents !== undefined && 'leaf' in presents ? presents.leaf : undefined;
  const refused = verdict.as === 'refused' ? (verdict.by === 'client' ? serves : shown) : undefined;
  if (verdict.as === 'refused' && refused !== undefined) {
    return { where: refused, message: becauseOf(attempt, { verdict, observed }), hint: why };
  }
  if (probe) return { where: server, message: `${client}: ${inWords(verdict)}, not ${inWords(expected)}`, hint: why };
  const known = `${nameIn(server)} takes it for ${inWords(verdict)}`;
  const planned = expected.as === 'refused' ? 'and is to refuse it' : `not for ${inWords(expected)}`;
  return { where: client, message: `${known}, ${planned}`, hint: why };
}

/** A verdict in a few words. */
export function inWords(verdict: Verdict): string {
  switch (verdict.as) {
    case 'user': {
      const groups = verdict.groups.map(quoted).join(', ');
      const power = verdict.vouches ? ', who may speak for anybody' : '';
      return `the user ${quoted(verdict.name)}${groups === '' ? '' : ` of ${groups}`}${power}`;
    }
    case 'front-proxy':
      return `the front proxy ${quoted(verdict.name)}`;
    case 'anonymous':
      return 'anybody';
    case 'refused':
      return `refused ${refusers[verdict.by]} (${reasons[verdict.reason]})`;
  }
}

const refusers = { client: 'by the client', handshake: 'in the handshake', '401': 'with 401' } as const;

const reasons: Readonly<Record<Reason, string>> = {
  authority: 'not trusted',
  usage: 'of another usage',
  expired: 'over',
  early: 'not begun',
  name: 'of another name',
  absent: 'no certificate',
  other: 'for a reason of its own',
};

type Refusal = { readonly verdict: Verdict & { readonly as: 'refused' }; readonly observed: Observed };

/** One text for one fault of one certificate, whoever meets it: so that faults can be counted. */
function becauseOf({ server, checks }: Attempt, { verdict, observed }: Refusal): string {
  const { certificate, code } = observed;
  const ofClient = verdict.by !== 'client';
  switch (verdict.reason) {
    case 'expired': {
      const end = instantOf(certificate?.validTo);
      return end < Date.now() ? `its certificate is over since ${dated(end)}` : 'an authority over it is over';
    }
    case 'early': {
      const begin = instantOf(certificate?.validFrom);
      return begin > Date.now()
        ? `its certificate does not begin before ${dated(begin)}`
        : 'an authority over it has not begun';
    }
    case 'usage':
      return `its certificate is not for ${ofClient ? 'clients' : 'servers'}`;
    case 'authority':
      return ofClient
        ? `${nameIn(server)} does not trust the authority that signed it`
        : 'its clients do not trust the authority that signed it';
    case 'name':
      return ofClient
        ? `${nameIn(server)} does not let it speak for others`
        : `its certificate is not for ${checks?.host}, where clients reach it`;
    case 'absent':
      return ofClient ? `it presented no certificate to ${nameIn(server)}` : 'it presented no certificate';
    case 'other':
      return ofClient ? `${nameIn(server)} refuses it: ${code}` : `its clients refuse it: ${code}`;
  }
}

function instantOf(date: string | undefined): number {
  return Date.parse(date ?? '');
}

function dated(instant: number): string {
  return new Date(instant).toISOString();
}

/** What a certificate says may hold anything. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
