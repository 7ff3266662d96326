import { hexOf } from './text.ts';

/** A curve y² = x³ - 3x + b over the numbers up to p (FIPS 186-5, SP 800-186 3.2.1). */
type Curve = { readonly p: bigint; readonly b: bigint };

const p256 = {
  p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
  b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
};
const p384 = {
  p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
  b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
};
const p521 = {
  p: 2n ** 521n - 1n,
  b: 0x0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
};
/** By the length of a SubjectPublicKeyInfo, with the octets of a coordinate. */
const curves: Readonly<Record<number, Curve & { readonly octets: number }>> = {
  91: { ...p256, octets: 32 },
  120: { ...p384, octets: 48 },
  158: { ...p521, octets: 66 },
};

/**
 * Whether the point of a key lies on its curve, which Go and OpenSSL check when they read it. Asking OpenSSL takes
 * thirty times as long.
 * @param spki a SubjectPublicKeyInfo of the kind `ec`
 */
export function isOnCurve(spki: Uint8Array): boolean {
  const curve = curves[spki.length];
  if (curve === undefined) return false;
  const { p, b, octets } = curve;
  const number = (from: number) => BigInt(`0x${hexOf(spki.subarray(from, from + octets))}`);
  const [x, y] = [number(spki.length - 2 * octets), number(spki.length - octets)];
  return x < p && y < p && (y * y - ((x * x - 3n) * x + b)) % p === 0n;
}
