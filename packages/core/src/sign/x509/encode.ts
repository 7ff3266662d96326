import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { PkiError } from '../../error.ts';
import type { Template, Values } from '../certificate.ts';
import { signatureAlgorithmOf } from './algorithm.ts';
import { extensionsOf } from './extensions.ts';
import { encodeName } from './name.ts';
import { checkDns } from './sans.ts';
import { isGeneralized } from './time.ts';

const v3 = 2;

/**
 * The bytes of a certificate that are to be signed (TBSCertificate, RFC 5280 4.1.2), in DER. Pure: equal arguments
 * give equal bytes. The issuer's name stands in it byte for byte as in the issuer's certificate.
 * @throws PkiError SAN_INVALID, SERIAL_INVALID, or TIME_OUT_OF_RANGE
 */
export function encodeTbs(template: Template, values: Values): Uint8Array {
  template.sans.dns.forEach(checkDns);
  const subject = values.again?.subject ?? encodeName(template.subject);
  const certificate = new pkijs.Certificate({
    version: v3,
    serialNumber: serialOf(values.serial),
    signature: algorithmOf(values),
    issuer: pkijs.RelativeDistinguishedNames.fromBER(owned(values.issuer?.subject ?? subject)),
    notBefore: timeOf(values.notBefore),
    notAfter: timeOf(values.notAfter),
    subject: pkijs.RelativeDistinguishedNames.fromBER(owned(subject)),
    subjectPublicKeyInfo: pkijs.PublicKeyInfo.fromBER(owned(values.publicKey)),
    extensions: extensionsOf(template, values),
  });
  return new Uint8Array(certificate.encodeTBS().toBER());
}

/** RFC 5280 4.1.2.2: from 1 on, of 20 bytes at most in DER. */
function serialOf(serial: Uint8Array): asn1js.Integer {
  const number = BigInt(`0x0${Buffer.from(serial).toString('hex')}`);
  if (number === 0n || number >= 2n ** 159n)
    throw new PkiError('SERIAL_INVALID', 'a serial number must be 1 … 2^159 - 1');
  return asn1js.Integer.fromBigInt(number);
}

function algorithmOf({ signer }: Values): pkijs.AlgorithmIdentifier {
  const { oid: algorithmId } = signatureAlgorithmOf(signer);
  return new pkijs.AlgorithmIdentifier(
    signer.startsWith('rsa') ? { algorithmId, algorithmParams: new asn1js.Null() } : { algorithmId },
  );
}

function timeOf(instant: Date): pkijs.Time {
  const year = instant.getUTCFullYear();
  if (!(year >= 1950 && year <= 9999) || instant.getUTCMilliseconds() !== 0) {
    throw new PkiError('TIME_OUT_OF_RANGE', 'a certificate has whole seconds of the years 1950 to 9999');
  }
  return new pkijs.Time({ type: isGeneralized(instant) ? 1 : 0, value: instant });
}

/** A copy in a buffer of its own, which pkijs may keep. */
function owned(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
