import { PkiError } from '../error.ts';
import type { Life } from './certificate.ts';

/** From when until when, both included, in whole seconds. */
export type Span = { readonly notBefore: Date; readonly notAfter: Date };

/**
 * The instants of a certificate that is made now. `cut` says whether it ends earlier than it was to, with its issuer.
 * A life that is cut does not begin before its issuer's either, though it keeps its length then.
 * @throws PkiError AUTHORITY_EXPIRED where the issuer is over or has not begun
 * @throws PkiError LIFE_TOO_SHORT where the life would be over before now
 */
export function instants(
  life: Life,
  { now, issuer }: { readonly now: Date; readonly issuer?: Span | undefined },
): Span & { readonly cut: boolean } {
  const moment = seconds(now);
  if (issuer !== undefined) checkIssuer(issuer, now);
  const first = start(life, { moment, issuer });
  const last = life.counts === 'life' ? first + life.validity - 1 : moment + life.validity;
  const cut = life.cut && issuer !== undefined && last > seconds(issuer.notAfter);
  const end = cut ? seconds(issuer.notAfter) : last;
  if (end < moment) {
    throw new PkiError('LIFE_TOO_SHORT', `a life of ${life.validity} s that begins ${moment - first} s ago is over`, {
      hint: 'a certificate must live longer than it is backdated',
    });
  }
  return { notBefore: new Date(first * 1000), notAfter: new Date(end * 1000), cut };
}

function start(life: Life, { moment, issuer }: { readonly moment: number; readonly issuer: Span | undefined }): number {
  const backdated = moment - life.backdate;
  if (issuer === undefined) return backdated;
  if (life.from === 'issuer') return seconds(issuer.notBefore);
  return life.cut ? Math.max(backdated, seconds(issuer.notBefore)) : backdated;
}

function checkIssuer({ notBefore, notAfter }: Span, now: Date): void {
  const moment = seconds(now);
  if (moment > seconds(notAfter)) {
    throw new PkiError('AUTHORITY_EXPIRED', `the authority expired at ${notAfter.toISOString()}`, {
      hint: 'nobody trusts what an expired authority signs: a new one must take its place',
    });
  }
  if (moment < seconds(notBefore)) {
    throw new PkiError('AUTHORITY_EXPIRED', `the authority is not valid before ${notBefore.toISOString()}`, {
      hint: "check this machine's clock",
    });
  }
}

function seconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1000);
}
