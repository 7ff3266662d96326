import type { Rule } from '../rule.ts';

/** The serial number; the bytes are the content of its INTEGER. */
export const serial: readonly Rule[] = [
  {
    id: 'serial-positive',
    severity: 'error',
    source: 'RFC 5280 4.1.2.2',
    says: 'A serial number is positive.',
    remedy: 'Clear its highest bit, and draw again where it is zero: Go has refused negative ones since 1.23.',
    check: ({ tbs: { serial } }) => {
      if ((serial[0] ?? 0) >= 0x80) return 'it is negative';
      return serial.every((byte) => byte === 0) ? 'it is zero' : undefined;
    },
  },
  {
    id: 'serial-length',
    severity: 'error',
    source: 'RFC 5280 4.1.2.2',
    says: 'A serial number has at most 20 octets.',
    remedy: 'Draw one of 20 octets whose highest bit is not set.',
    check: ({ tbs: { serial } }) => (serial.length > 20 ? `it has ${serial.length} octets` : undefined),
  },
  {
    id: 'serial-random',
    severity: 'error',
    source: 'CA/Browser Forum Baseline Requirements 7.1',
    says: 'A serial number has more than 8 octets, so that 64 bits of it are random.',
    remedy: 'Draw one of 20 octets from a cryptographic source.',
    check: ({ tbs: { serial } }) => (serial.length > 8 ? undefined : `it has ${serial.length} octets`),
  },
];
