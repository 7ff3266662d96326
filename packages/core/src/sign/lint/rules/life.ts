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
    says: "A life ends no later than the issuer's.",
    remedy: 'Make it shorter: the certificate is worth nothing once its issuer is over.',
    check: ({ tbs: { notAfter }, issuer }) =>
      issuer !== undefined && notAfter.getTime() > issuer.certificate.notAfter.getTime()
        ? `it ends after its issuer, at ${notAfter.toISOString()}`
        : undefined,
  },
  {
    id: 'life-start',
    severity: 'warning',
    source: 'RFC 5280 6.1.3',
    says: "A life begins no earlier than the issuer's.",
    remedy: 'Check the clocks of the machines that made the two; where the authority was renewed all is well.',
    check: ({ tbs: { notBefore }, issuer }) =>
      issuer !== undefined && notBefore.getTime() < issuer.certificate.notBefore.getTime()
        ? 'it begins before its issuer'
        : undefined,
  },
];
