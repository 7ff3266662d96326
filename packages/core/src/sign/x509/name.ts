import * as asn1js from 'asn1js';
import type { Template } from '../certificate.ts';
import { dottedOids } from './oids.ts';
import { isPrintable } from './printable.ts';

/**
 * DER of a Name: one attribute a RelativeDistinguishedName, in the order given. A value is a PrintableString where
 * its characters allow it, else a UTF8String (RFC 5280 4.1.2.4); Go does the same.
 */
export function encodeName(subject: Template['subject']): Uint8Array {
  const rdns = subject.map(({ type, value }) => {
    const text = isPrintable(value) ? new asn1js.PrintableString({ value }) : new asn1js.Utf8String({ value });
    const attribute = new asn1js.Sequence({ value: [new asn1js.ObjectIdentifier({ value: dottedOids[type] }), text] });
    return new asn1js.Set({ value: [attribute] });
  });
  return new Uint8Array(new asn1js.Sequence({ value: rdns }).toBER());
}
