import { spawnSync } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import {
  type Algorithm,
  authority,
  type Cluster,
  type ContentFile,
  type Credential,
  defineComponent,
  generate,
  keyPair,
  type Layout,
  makePlan,
  memoryTree,
  PkiError,
  type Plan,
  type PlanInput,
  planFiles,
} from '@kubepki/core';
import { testEmitter } from '@kubepki/testkit';
import test from 'ava';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { oidc } from './index.ts';

testEmitter(test, oidc, {
  options: [{ issuer: 'https://oidc.example.com/prod', jwksUri: 'https://cdn.example.com/keys.json' }],
});

const cluster: Cluster = {
  name: 'kubernetes',
  version: { minor: 37, patch: 2 },
  endpoint: { host: '10.0.0.11', port: 6443 },
  dnsDomain: 'cluster.local',
  serviceSubnets: ['10.96.0.0/12'],
  nodes: [{ name: 'cp-1', roles: ['control-plane'], ips: ['10.0.0.11'], names: [] }],
  etcd: 'nodes',
};

/** Keys of three kinds: `sa` signs, the others did or will. */
const small = defineComponent({
  name: 'small',
  options: z.strictObject({}),
  *plan() {
    yield authority({ name: 'ca', commonName: 'kubernetes', serves: ['cluster/client'] });
    yield keyPair({ name: 'sa', serves: ['sa'] });
    yield keyPair({ name: 'old-sa', serves: [], keys: 'rsa-2048' });
    yield keyPair({ name: 'next-sa', serves: [], keys: 'ecdsa-p384' });
  },
});

const layout: Layout = {
  path: () => undefined,
  shared: () => undefined,
  installed: () => undefined,
  folderMode: () => 0o700,
};

function planOf(input: Partial<PlanInput> = {}): Plan {
  return makePlan({
    cluster,
    components: [small()],
    profile: 'strict',
    keys: { authorities: 'ecdsa-p256', leaves: 'ecdsa-p256', serviceAccounts: 'ecdsa-p256' },
    validity: { authorities: 86_400, leaves: 3_600 },
    backdate: 300,
    ...input,
  });
}

/** As in the midst of a rotation: tokens of all three are good. */
const several = (input: Partial<PlanInput> = {}) =>
  planOf({
    ...input,
    uses: (declared) => ({ ...declared, sa: { signs: 'sa', trusts: ['old-sa', 'sa', 'next-sa'] } }),
  });

function filesOf(options?: Parameters<typeof oidc>[0], plan = planOf()): readonly ContentFile[] {
  return [...planFiles({ plan, emitters: [oidc(options)], layout })].flatMap(({ file }) =>
    'link' in file ? [] : [file],
  );
}

const document = 'oidc/.well-known/openid-configuration';
const keysFile = 'oidc/keys.json';

async function made(plan: Plan, options?: Parameters<typeof oidc>[0]) {
  const tree = memoryTree();
  const credentials = new Map<string, Credential>();
  for await (const credential of generate({ plan, emitters: [oidc(options)], layout, tree })) {
    credentials.set(credential.spec.id, credential);
  }
  const text = (path: string) => tree.files.get(path)?.text ?? '';
  const keys: JSONWebKeySet = JSON.parse(text(keysFile));
  return { credentials, text, keys };
}

const issuer = 'https://oidc.example.com/prod';

const signatures: Partial<Record<Algorithm, string>> = {
  'ecdsa-p256': 'ES256',
  'ecdsa-p384': 'ES384',
  'rsa-2048': 'RS256',
};

/** A token as the API server makes it: its header names the algorithm and the key, as openssl has its fingerprint. */
async function tokenOf({ spec, key }: Credential): Promise<string> {
  const alg = signatures[(spec as { keys: Algorithm }).keys] ?? '';
  const pem = key?.publicKey.export({ type: 'spki', format: 'pem' }).toString() ?? '';
  const { stdout: der } = spawnSync('openssl', ['pkey', '-pubin', '-outform', 'der'], { input: pem });
  const { stdout: print } = spawnSync('openssl', ['dgst', '-sha256', '-binary'], { input: der });
  return new SignJWT({ 'kubernetes.io': { namespace: 'default', serviceaccount: { name: 'app' } } })
    .setProtectedHeader({ alg, kid: print.toString('base64url') })
    .setIssuer(issuer)
    .setAudience('sts.example.com')
    .setSubject('system:serviceaccount:default:app')
    .setExpirationTime('1h')
    .sign(createPrivateKey(key?.secret?.reveal() ?? ''));
}

test('A token of every key whose tokens are good verifies, by the key that its kid names', async (t) => {
  const { credentials, keys, text } = await made(several(), { issuer });
  const configuration = JSON.parse(text(document));
  const verifier = createLocalJWKSet(keys);
  for (const [index, id] of ['sa', 'old-sa', 'next-sa'].entries()) {
    const token = await tokenOf(credentials.get(id) as Credential);
    const { payload, protectedHeader } = await jwtVerify(token, verifier, {
      issuer: configuration.issuer,
      audience: 'sts.example.com',
      algorithms: configuration.id_token_signing_alg_values_supported,
    });
    t.is(payload.sub, 'system:serviceaccount:default:app');
    t.is(protectedHeader.kid, keys.keys[index]?.kid);
  }
  const other = await made(planOf(), { issuer });
  await t.throwsAsync(jwtVerify(await tokenOf(other.credentials.get('sa') as Credential), verifier), {
    code: 'ERR_JWKS_NO_MATCHING_KEY',
  });
});

test('The key that signs comes first, and each is public alone', async (t) => {
  const { keys } = await made(several());
  t.deepEqual(
    keys.keys.map((key) => Object.keys(key)),
    [
      ['use', 'kty', 'kid', 'crv', 'alg', 'x', 'y'],
      ['use', 'kty', 'kid', 'alg', 'n', 'e'],
      ['use', 'kty', 'kid', 'crv', 'alg', 'x', 'y'],
    ],
  );
  t.deepEqual(
    keys.keys.map(({ alg }) => alg),
    ['ES256', 'RS256', 'ES384'],
  );
});

test('The document says what the API server says, and where the keys are', async (t) => {
  const { text } = await made(several(), { issuer });
  t.deepEqual(JSON.parse(text(document)), {
    issuer,
    jwks_uri: `${issuer}/keys.json`,
    response_types_supported: ['id_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES256', 'ES384', 'RS256'],
  });
  const own = JSON.parse((await made(planOf())).text(document));
  t.is(own.issuer, 'https://kubernetes.default.svc.cluster.local');
  t.deepEqual(own.id_token_signing_alg_values_supported, ['ES256']);
  const apart = await made(planOf(), { issuer: `${issuer}/`, jwksUri: 'https://cdn.example.com/jwks' });
  t.like(JSON.parse(apart.text(document)), { issuer: `${issuer}/`, jwks_uri: 'https://cdn.example.com/jwks' });
});

test('The files are public, plain data, and the same each time', (t) => {
  const files = filesOf({ issuer }, several());
  t.deepEqual(
    files.map(({ path, mode, secret, holds }) => ({ path, mode, secret, holds })),
    [
      { path: document, mode: 0o644, secret: false, holds: [] },
      {
        path: keysFile,
        mode: 0o644,
        secret: false,
        holds: ['sa', 'old-sa', 'next-sa'].map((id) => ({ id, part: 'public' })),
      },
    ],
  );
  t.deepEqual(JSON.parse(JSON.stringify(files)), files);
  t.deepEqual(filesOf({ issuer }, several()), files);
});

test('The keys read back as the PEM that they were made of', async (t) => {
  const { credentials, text } = await made(several());
  const file = filesOf({}, several()).find(({ path }) => path === keysFile) as ContentFile;
  t.deepEqual(
    oidc().read?.(text(keysFile), file),
    file.holds.map(({ id }) => credentials.get(id)?.key?.publicKey.export({ type: 'spki', format: 'pem' }).toString()),
  );
});

test('Without a key for tokens there is nothing to discover', (t) => {
  t.deepEqual(filesOf({}, planOf({ uses: ({ sa: _, ...rest }) => rest })), []);
});

const refuses = test.macro((t, options: unknown, ...where: string[]) => {
  const error = t.throws(() => oidc.from(options), { instanceOf: PkiError, code: 'PLUGIN_OPTIONS' });
  t.deepEqual(
    error?.problems.map((problem) => problem.where),
    where,
  );
});

for (const issuer of [
  'http://a.example.com',
  'a.example.com',
  'https://a/?x=1',
  'https://a/#x',
  'https://u:p@a/',
  '',
]) {
  test(
    `${JSON.stringify(issuer)} is no issuer`,
    refuses,
    { issuer, jwksUri: issuer },
    'emitter oidc.issuer',
    'emitter oidc.jwksUri',
  );
}
test('An unknown option is refused', refuses, { audience: 'sts' }, 'emitter oidc');
