import type { Template } from './certificate.ts';

/** Gives so many random bytes. */
export type Random = (length: number) => Uint8Array;

/**
 * A serial number: big-endian, positive, without leading zeros.
 * 159 bits: 20 bytes of which the first is 0x01 … 0x7f (RFC 5280 4.1.2.2 allows no more than 20).
 * 63 bits: from 1 to 2^63 - 2, as kubeadm draws it (util/pkiutil/pki_helpers.go).
 * @throws RangeError where `random` gives too few bytes, or nothing usable
 */
export function makeSerial(bits: Template['serialBits'], random: Random): Uint8Array {
  const length = bits === 159 ? 20 : 8;
  // A draw is refused in at most one case of 128, so a source that is refused this often is broken.
  for (let draw = 0; draw < 32; draw++) {
    const bytes = new Uint8Array(random(length));
    if (bytes.length !== length)
      throw new RangeError(`the source of randomness gave ${bytes.length} bytes of ${length}`);
    bytes[0] = (bytes[0] ?? 0) & 0x7f;
    if (bits === 159 && bytes[0] !== 0) return bytes;
    if (bits === 63 && within63(bytes)) return bytes.subarray(bytes.findIndex((byte) => byte !== 0));
  }
  throw new RangeError('the source of randomness gives no usable serial number');
}

function within63(bytes: Uint8Array): boolean {
  const number = Buffer.from(bytes).readBigUInt64BE();
  return number >= 1n && number < 2n ** 63n - 1n;
}
