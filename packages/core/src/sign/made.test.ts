import { randomBytes } from 'node:crypto';
import test from 'ava';
import { algorithms, softwareKeys } from '../keys/index.ts';
import { authorityTemplate, leafTemplate, nodeTemplate } from '../testing/good-tbs.ts';
import type { Template } from './certificate.ts';
import { localIssuer, parseCertificate, selfSigned, softwareSigner } from './index.ts';

const now = new Date('2026-06-01T12:00:00Z');
const source = softwareKeys();
const templates: Readonly<Record<string, Template>> = {
  'a server': leafTemplate,
  'a node': nodeTemplate,
  'an authority': authorityTemplate,
  'a leaf without the identifier of its key': { ...leafTemplate, subjectKeyId: false },
  'a leaf with a serial number of 63 bits': { ...leafTemplate, serialBits: 63, waives: ['serial-random'] },
};

for (const algorithm of algorithms.filter((each) => each !== 'rsa-3072' && each !== 'rsa-4096')) {
  test(`What is made with ${algorithm} tells of itself what is read in it`, async (t) => {
    const key = await source.make({ id: 'ca', algorithm });
    const given = { key, now, random: randomBytes };
    const { certificate } = await selfSigned({ ...given, template: { ...authorityTemplate, pathLength: 1 } });
    t.deepEqual(certificate, parseCertificate(certificate.der, 'ca'));
    const issuer = localIssuer({ certificate, signer: softwareSigner(key) });
    for (const [what, template] of Object.entries(templates)) {
      for (let count = 0; count < 3; count++) {
        const { certificate: made } = await issuer.issue({ ...given, template });
        t.deepEqual(made, parseCertificate(made.der, what), what);
      }
    }
  });
}
