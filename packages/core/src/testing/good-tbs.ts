import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { type Algorithm, spkiOf } from '../keys/index.ts';
import type { Certificate, Template, Values } from '../sign/certificate.ts';
import { assemble } from '../sign/x509/assemble.ts';
import { encodeTbs } from '../sign/x509/encode.ts';
import { parseCertificate } from '../sign/x509/parse.ts';

const life = { validity: 365 * 86_400, from: 'backdate', backdate: 300, counts: 'life', cut: true } as const;

/** A server that is a client too. */
export const leafTemplate: Template = {
  subject: [{ type: 'CN', value: 'server' }],
  authority: false,
  keyUsage: ['digitalSignature'],
  extendedKeyUsage: ['serverAuth', 'clientAuth'],
  sans: { dns: ['a.example', 'b.example'], ips: ['10.0.0.1', 'fd00::1'] },
  subjectKeyId: true,
  serialBits: 159,
  life,
};

export const nodeTemplate: Template = {
  ...leafTemplate,
  subject: [
    { type: 'O', value: 'system:nodes' },
    { type: 'CN', value: 'system:node:cp-1' },
  ],
  extendedKeyUsage: ['clientAuth'],
  sans: { dns: [], ips: [] },
};

export const authorityTemplate: Template = {
  ...leafTemplate,
  subject: [{ type: 'CN', value: 'kubernetes' }],
  authority: true,
  pathLength: 0,
  keyUsage: ['keyCertSign', 'cRLSign'],
  extendedKeyUsage: [],
  sans: { dns: [], ips: [] },
};

const spki = () => spkiOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey);

/** Serial number, instants and a key, of which each call has others. */
export function values(signer: Algorithm = 'ecdsa-p256', publicKey = spki()): Values {
  return {
    serial: Uint8Array.of(0x5a, ...randomBytes(19)),
    notBefore: new Date('2026-06-01T00:00:00Z'),
    notAfter: new Date('2027-05-31T23:59:59Z'),
    publicKey,
    signer,
  };
}

const rootTbs = encodeTbs(
  { ...authorityTemplate, pathLength: 1 },
  { ...values(), notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2035-12-31T23:59:59Z') },
);

/** The authority above what these functions make; its signature is of no worth. */
export const root: Certificate = parseCertificate(assemble(rootTbs, new Uint8Array(70), 'ecdsa-p256'), 'root');

/** Good bytes of a template, below the root. */
export function goodTbs(template: Template = leafTemplate, change: Partial<Values> = {}): Uint8Array {
  return encodeTbs(template, { ...values(), issuer: { subject: root.subject, keyId: root.subjectKeyId }, ...change });
}

/** Good bytes of an authority that signs itself. */
export function selfTbs(template: Template = authorityTemplate): Uint8Array {
  return encodeTbs(template, values());
}
