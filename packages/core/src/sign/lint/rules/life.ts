import type { Rule } from '../rule.ts';

/** From when until when a certificate is good. */
export const life: readonly Rule[] = [
  {
    id: 'life-order',
    severity: 'error',
    source: 'RFC 5280 4.1.2.5',
    says: 'A life begins before it ends.',
    remedy: 'Check the clock and the life that was asked for.',
    check: ({ tbs: { notBefore, notAfter } }) =>
      notAfter.getTime() < notBefore.getTime() ? 'it ends before it begins' : undefined,
  },
  {
    id: 'life-issuer',
    severity: 'error',
    source: 'RFC 5280 6.1.3; kubernetes/kubernetes#73706',
    says: "A life lies within the issuer's.",
    remedy: 'Make it shorter: the certificate is worth nothing once its issuer is over.',
    check: ({ tbs: { notBefore, notAfter }, issuer: by }) => {
      if (by === undefined) return undefined;
      const issuer = by.certificate;
      if (notAfter.getTime() > issuer.notAfter.getTime())
        return `it ends after its issuer, at ${notAfter.toISOString()}`;
      return notBefore.getTime() < issuer.notBefore.getTime() ? 'it begins before its issuer' : undefined;
    },
  },
];
