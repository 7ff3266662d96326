import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { type KeyUsage, keyUsages, type Template, type Values } from '../certificate.ts';
import { keyIdOf } from './key-id.ts';
import { dottedOids, extendedKeyUsageOids } from './oids.ts';
import { ipBytes } from './sans.ts';

/** The extensions of a certificate, in the order in which Go writes them. */
export function extensionsOf(template: Template, values: Values): pkijs.Extension[] {
  const { authority, pathLength, keyUsage, extendedKeyUsage, sans } = template;
  const extensions = [extension('keyUsage', keyUsageOf(keyUsage), true)];
  if (extendedKeyUsage.length > 0) {
    const keyPurposes = extendedKeyUsage.map((usage) => extendedKeyUsageOids[usage]);
    extensions.push(extension('extendedKeyUsage', new pkijs.ExtKeyUsage({ keyPurposes }).toSchema()));
  }
  const constraints = { cA: authority, ...(pathLength === undefined ? {} : { pathLenConstraint: pathLength }) };
  extensions.push(extension('basicConstraints', new pkijs.BasicConstraints(constraints).toSchema(), true));
  if (template.subjectKeyId) {
    extensions.push(extension('subjectKeyId', octetString(values.again?.subjectKeyId ?? keyIdOf(values.publicKey))));
  }
  if (values.issuer?.keyId !== undefined) {
    const identifier = new pkijs.AuthorityKeyIdentifier({ keyIdentifier: octetString(values.issuer.keyId) });
    extensions.push(extension('authorityKeyId', identifier.toSchema()));
  }
  if (sans.dns.length + sans.ips.length > 0) {
    // RFC 5280 4.1.2.6: critical where it alone says whom the certificate is for.
    extensions.push(extension('subjectAltName', sansOf(sans).toSchema(), template.subject.length === 0));
  }
  return extensions;
}

function extension(name: keyof typeof dottedOids, value: asn1js.BaseBlock, critical = false): pkijs.Extension {
  return new pkijs.Extension({ extnID: dottedOids[name], critical, extnValue: value.toBER() });
}

/** A named BIT STRING: it ends at its last bit that is set (X.690 11.2.2), which asn1js does not see to. */
function keyUsageOf(usages: readonly KeyUsage[]): asn1js.BitString {
  const bits = { digitalSignature: 0, keyEncipherment: 2, keyCertSign: 5, cRLSign: 6 } satisfies Record<
    KeyUsage,
    number
  >;
  const set = keyUsages.filter((usage) => usages.includes(usage)).map((usage) => bits[usage]);
  const byte = set.reduce((sum, bit) => sum | (0x80 >> bit), 0);
  return new asn1js.BitString({ valueHex: Uint8Array.of(byte).buffer, unusedBits: 7 - Math.max(...set) });
}

function sansOf({ dns, ips }: Template['sans']): pkijs.GeneralNames {
  return new pkijs.GeneralNames({
    names: [
      ...dns.map((value) => new pkijs.GeneralName({ type: 2, value })),
      ...ips.map((ip) => new pkijs.GeneralName({ type: 7, value: octetString(ipBytes(ip)) })),
    ],
  });
}

function octetString(bytes: Uint8Array): asn1js.OctetString {
  return new asn1js.OctetString({ valueHex: new Uint8Array(bytes).buffer });
}
