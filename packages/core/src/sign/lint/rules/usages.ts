import { isOnCurve } from '../../x509/on-curve.ts';
import type { Rule } from '../rule.ts';

/** A key, and what it may be used for. */
export const usages: readonly Rule[] = [
  {
    id: 'key-kind',
    severity: 'error',
    source: 'RFC 3279 2.3.1, RFC 5480 2.1.1, RFC 8410 4',
    says: 'A key is RSA of at least 2048 bits with an odd exponent, ECDSA on a named NIST curve with an uncompressed point, or Ed25519, and its identifier is byte for byte the one of the RFC.',
    remedy: 'Make a key of such a kind.',
    check: ({ keyKind, tbs: { publicKey }, context }) => {
      if (keyKind === undefined) return 'its key is of another kind, or too short';
      // What kubepki is about to sign is a key that OpenSSL gave it; only then the values are known.
      const isGiven = keyKind !== 'ec' || context.values !== undefined;
      return isGiven || isOnCurve(publicKey) ? undefined : 'its key is no point on its curve';
    },
  },
  {
    id: 'key-usage',
    severity: 'error',
    source: 'RFC 5280 4.2.1.3',
    says: 'A certificate says in a critical extension what its key is for.',
    remedy: 'Add a critical key usage.',
    check: ({ by: { keyUsage: found } }) => {
      if (found === undefined) return 'it does not';
      return found.critical ? undefined : 'its key usage is not critical';
    },
  },
  {
    id: 'key-usage-form',
    severity: 'error',
    source: 'RFC 5280 4.2.1.3, X.690 11.2.2',
    says: 'The bits of a key usage are of the nine that there are, and end with the last one that is set.',
    remedy: 'Make it with a tool that writes DER.',
    check: ({ by: { keyUsage } }) => {
      const value = keyUsage?.value;
      if (value === undefined || value.length < 4) return undefined;
      const last = value[value.length - 1] ?? 0;
      if (value.length > 5 || (value.length === 5 && (last & 0x7f) !== 0)) return 'it has a tenth bit';
      return ((last >> (value[2] ?? 0)) & 1) === 1 ? undefined : 'they go on behind it';
    },
  },
  {
    id: 'key-encipherment',
    severity: 'error',
    source: 'RFC 8813 3, RFC 9295 3',
    says: 'Only an RSA key has the key usages keyEncipherment and dataEncipherment.',
    remedy: 'Take them away: TLS needs digitalSignature alone.',
    check: ({ keyUsage = [], keyKind }) =>
      (keyUsage.includes('keyEncipherment') || keyUsage.includes('dataEncipherment')) && keyKind !== 'rsa'
        ? 'a key of another kind has them'
        : undefined,
  },
  {
    id: 'leaf-key-usage',
    severity: 'error',
    source: 'RFC 8446 4.4.2.2 and 4.4.2.3',
    says: 'A leaf has the key usage digitalSignature, without which it can open no connection by TLS 1.3.',
    remedy: 'Add digitalSignature.',
    check: ({ authority, keyUsage }) =>
      !authority && keyUsage !== undefined && !keyUsage.includes('digitalSignature') ? 'it has not' : undefined,
  },
  {
    id: 'leaf-usages',
    severity: 'error',
    source: 'RFC 5280 4.2.1.12; apiserver/pkg/authentication/request/x509 (DefaultVerifyOptions)',
    says: 'A leaf is for servers (serverAuth), clients (clientAuth) or both, and not for anything.',
    remedy: 'Name the usages that it needs: Kubernetes accepts no client without clientAuth.',
    check: ({ authority, usages }) => {
      if (authority) return undefined;
      if (usages?.includes('2.5.29.37.0')) return 'it is for anything (anyExtendedKeyUsage)';
      return usages?.some((usage) => usage === 'serverAuth' || usage === 'clientAuth')
        ? undefined
        : 'it is for neither';
    },
  },
  {
    id: 'usages-critical',
    severity: 'warning',
    source: 'RFC 5280 4.2.1.12',
    says: 'The extended key usage of a certificate for TLS is not critical.',
    remedy: 'Mark it as not critical.',
    check: ({ by }) => (by.extendedKeyUsage?.critical ? 'it is critical' : undefined),
  },
];
