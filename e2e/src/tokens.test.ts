// Tokens that a real API server issues verify against the discovery files alone, by a library that knows nothing of Kubernetes.
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify, SignJWT } from 'jose';
import { bootOf } from './harness/generated.ts';
import { runBoot } from './harness/run.ts';
import { kubepki } from './kubepki.ts';
import { findParts, namespaceReason, skipReason } from './parts.ts';
import { scratch } from './scratch.ts';

const parts = findParts();
const reason = skipReason(parts, ['etcd', 'kube-apiserver', 'kubectl']) ?? namespaceReason();
if (reason) console.log(`No API server issues tokens: ${reason}`);
const booting = reason ? test.skip : test;

const issuer = 'https://kubernetes.default.svc';
const audience = 'sts.example.com';

booting(
  "A token of an API server verifies against keys.json, and the API server's own keys are the same",
  async (t) => {
    const cwd = scratch(t);
    const older = [
      generateKeyPairSync('rsa', { modulusLength: 2048 }),
      generateKeyPairSync('ec', { namedCurve: 'P-384' }),
    ];
    const pem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString();
    const cluster = {
      nodes: [{ name: 'cp-1', addresses: ['10.0.0.11'] }],
      components: { 'service-account': { older: [older.map(({ publicKey }) => pem(publicKey)).join('')] } },
      emitters: { oidc: { issuer } },
    };
    writeFileSync(join(cwd, 'cluster.yaml'), JSON.stringify(cluster));
    kubepki(['generate'], { cwd });
    const made = (path: string) => JSON.parse(readFileSync(join(cwd, 'pki/current/oidc', path), 'utf8'));
    const keys: JSONWebKeySet = made('keys.json');
    const { issued = {} } = await runBoot({ ...bootOf(cwd, { parts, file: 'cluster.yaml' }), audience });

    const configuration = made('.well-known/openid-configuration');
    const algorithms = configuration.id_token_signing_alg_values_supported;
    const { payload, protectedHeader } = await jwtVerify(issued.token ?? '', createLocalJWKSet(keys), {
      issuer: configuration.issuer,
      audience,
      algorithms,
    });
    t.is(payload.sub, 'system:serviceaccount:default:app');
    t.is(protectedHeader.kid, keys.keys[0]?.kid, 'the key that signs comes first');

    // What the API server says of itself differs by its own address alone, and has the keys in an order of its own.
    const own: JSONWebKeySet = JSON.parse(issued.keys ?? '');
    const sorted = (set: JSONWebKeySet) => [...set.keys].sort((a, b) => String(a.kid).localeCompare(String(b.kid)));
    t.deepEqual(sorted(keys), sorted(own));
    t.is(keys.keys.length, 3);
    const { jwks_uri: _, ...said } = JSON.parse(issued.configuration ?? '');
    const { jwks_uri: __, ...written } = configuration;
    t.deepEqual(written, said);
    for (const [index, alg] of ['RS256', 'ES384'].entries()) {
      const kid = keys.keys[index + 1]?.kid ?? '';
      const before = new SignJWT({}).setProtectedHeader({ alg, kid }).setIssuer(issuer).setAudience(audience);
      const token = await before.setExpirationTime('1h').sign(older[index]?.privateKey as KeyObject);
      await t.notThrowsAsync(jwtVerify(token, createLocalJWKSet(keys), { issuer, audience, algorithms }));
    }
  },
);
