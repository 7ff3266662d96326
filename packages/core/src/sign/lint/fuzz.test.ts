import test from 'ava';
import fc from 'fast-check';
import { PkiError } from '../../error.ts';
import { certificateOf } from '../../testing/bad-tbs.ts';
import { authorityTemplate, goodTbs, nodeTemplate, root } from '../../testing/good-tbs.ts';
import { keys, openssl } from '../../testing/openssl.ts';
import type { Certificate } from '../certificate.ts';
import { parseCertificate } from '../index.ts';
import { lintCertificate, lintRules, lintTbs } from './index.ts';

const maker = openssl();
test.after.always(() => maker.end());

const rich = `basicConstraints=critical,CA:TRUE,pathlen:1
keyUsage=critical,keyCertSign,cRLSign,decipherOnly
extendedKeyUsage=serverAuth,clientAuth
subjectKeyIdentifier=hash
authorityKeyIdentifier=keyid:always,issuer
subjectAltName=DNS:a.example,IP:10.0.0.1,email:a@b.example,URI:spiffe://a/b,RID:1.2.3
issuerAltName=DNS:ca.example
nameConstraints=critical,permitted;DNS:example,excluded;IP:10.0.0.0/255.0.0.0
certificatePolicies=1.2.3.4,1.2.3.5
policyMappings=critical,1.2.3.4:1.2.3.5
policyConstraints=critical,requireExplicitPolicy:0
inhibitAnyPolicy=critical,2
crlDistributionPoints=URI:http://a.example/crl
authorityInfoAccess=OCSP;URI:http://a.example/`;
const subject = '/C=DE/O=system:nodes/CN=system:node:a';
const originals: readonly Uint8Array[] = [
  maker.make('ec', { subject, extensions: rich, days: 12_500 }).der,
  maker.make('rsa', { subject, extensions: rich, key: keys.rsa2048 }).der,
  maker.make('ed', { subject, extensions: rich, key: keys.ed25519 }).der,
  ...[undefined, nodeTemplate, authorityTemplate].map((template) => certificateOf(goodTbs(template))),
];

/** Bytes of a certificate, some of them changed, left out, twice or of another. */
const mutant = fc
  .record({
    der: fc.constantFrom(...originals),
    flips: fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 4 }),
    cut: fc.option(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 8 })), { freq: 5 }),
    piece: fc.option(fc.tuple(fc.nat(), fc.nat(), fc.integer({ min: 1, max: 40 })), { freq: 5 }),
  })
  .map(({ der, flips, cut, piece }) => {
    const bytes = [...der];
    for (const [at, flip] of flips) bytes[at % der.length] = (der[at % der.length] ?? 0) ^ flip;
    if (cut !== null) bytes.splice(cut[0] % bytes.length, cut[1]);
    if (piece !== null)
      bytes.splice(piece[0] % bytes.length, 0, ...der.slice(piece[1] % der.length).slice(0, piece[2]));
    return Uint8Array.from(bytes);
  });

const ids = new Set(lintRules.map(({ id }) => id));

test('Of 10,000 certificates with wrong bytes each is judged or refused, and none stops the judge', (t) => {
  let broken = 0;
  fc.assert(
    fc.property(mutant, fc.boolean(), (der, self) => {
      const issuer = issuerOf(der);
      const findings = [
        ...lintCertificate(der, { issuer: self ? 'self' : root }),
        ...lintCertificate(originals[0] ?? der, issuer === undefined ? {} : { issuer }),
        ...lintTbs(der),
      ];
      if (findings.length > 0) broken += 1;
      return findings.every(
        ({ rule, detail, remedy }) =>
          ids.has(rule) && detail.length < 300 && /^[^\p{Cc}\p{Zl}\p{Zp}]+$/u.test(detail) && remedy.endsWith('.'),
      );
    }),
    { numRuns: 10_000 },
  );
  t.true(broken > 9_000, `${broken}`);
});

/** It as an issuer, where it can be read at all. */
function issuerOf(der: Uint8Array): Certificate | undefined {
  try {
    return parseCertificate(der, 'a');
  } catch (error) {
    if (error instanceof PkiError && error.code === 'CERTIFICATE_UNREADABLE') return undefined;
    throw error;
  }
}
