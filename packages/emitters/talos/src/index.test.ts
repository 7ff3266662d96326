import { createPrivateKey, X509Certificate } from 'node:crypto';
import { authority, defineComponent, type EmitterHost, PkiError } from '@kubepki/core';
import { type MemoryPkiOptions, memoryPki, sample, testCluster, testEmitter } from '@kubepki/testkit';
import test from 'ava';
import { parse } from 'yaml';
import { z } from 'zod';
import { talosLoader } from './_loader.test.ts';
import { talos } from './index.ts';

const bytes = (letter: string) => Buffer.from(letter.repeat(32)).toString('base64');
const tokens = {
  // An identity is in the alphabet for URLs.
  cluster: { id: `${Buffer.alloc(32, 0xfb).toString('base64url')}=`, secret: bytes('s') },
  secrets: { bootstraptoken: 'abcdef.0123456789abcdef', secretboxencryptionsecret: bytes('e') },
  trustdinfo: { token: 'trustd.0123456789abcdef' },
};
const lending = (value: unknown): EmitterHost => ({
  readSecret: () => (typeof value === 'string' ? value : JSON.stringify(value)),
});
const host = lending(tokens);

/** The authority of the machines' own API. */
const os = defineComponent({
  name: 'os',
  options: z.strictObject({}),
  *plan() {
    yield authority({ name: 'os-ca', commonName: 'TEST ONLY talos', serves: ['talos/os'], keys: 'ed25519' });
  },
});

testEmitter(test, talos, { host, components: [os()], options: [{ path: 'bundle.yaml', tokensFile: 'tokens' }] });

type Bundle = typeof tokens & {
  readonly certs: Readonly<Record<string, { readonly crt: string; readonly key: string }>>;
};

async function made({ lent = host, ...given }: MemoryPkiOptions & { readonly lent?: EmitterHost } = {}) {
  const pki = await memoryPki(testCluster(), { components: [sample, os()], ...given, emitters: [talos({}, lent)] });
  const text = pki.files.get('talos/secrets.yaml')?.text ?? '';
  return { pki, text, bundle: parse(text) as Bundle };
}

const pem = (base64 = '') => Buffer.from(base64, 'base64').toString();

test('A bundle has the five entries of Talos as base64 of PEM, and the tokens beside them', async (t) => {
  const { pki, bundle } = await made();
  const { certs, ...rest } = bundle;
  t.deepEqual(rest, tokens);
  t.deepEqual(Object.keys(certs), ['etcd', 'k8s', 'k8saggregator', 'k8sserviceaccount', 'os']);
  for (const [entry, id] of [
    ['etcd', 'stand-in/etcd-ca'],
    ['k8s', 'stand-in/ca'],
    ['k8saggregator', 'stand-in/front-proxy-ca'],
    ['os', 'os-ca'],
  ] as const) {
    const { certificate } = pki.credential(id);
    t.deepEqual(new X509Certificate(pem(certs[entry]?.crt)).raw, Buffer.from(certificate?.der ?? []), entry);
    const key = createPrivateKey(pem(certs[entry]?.key).replaceAll('ED25519 PRIVATE KEY', 'PRIVATE KEY'));
    t.true(new X509Certificate(pem(certs[entry]?.crt)).checkPrivateKey(key), entry);
  }
  t.deepEqual(Object.keys(certs.k8sserviceaccount ?? {}), ['key']);
  t.is(pki.credential('stand-in/sa').key?.secret?.reveal(), pem(certs.k8sserviceaccount?.key));
});

test('Only an Ed25519 key has the label that Talos has for it', async (t) => {
  const { certs } = (await made()).bundle;
  t.regex(pem(certs.os?.key), /^-----BEGIN ED25519 PRIVATE KEY-----\n[^-]+-----END ED25519 PRIVATE KEY-----\n$/);
  t.regex(pem(certs.k8s?.key), /^-----BEGIN EC PRIVATE KEY-----\n[^-]+-----END EC PRIVATE KEY-----\n$/);
});

test('While several authorities are trusted the bundle has the one that signs', async (t) => {
  const next = defineComponent({
    name: 'next',
    options: z.strictObject({}),
    *plan() {
      yield authority({ name: 'a-next', commonName: 'next', serves: [] });
    },
  });
  const { bundle } = await made({
    components: [next(), os(), sample],
    uses: (declared) => {
      const both = { signs: 'stand-in/ca', trusts: ['a-next', 'stand-in/ca'] };
      return { ...declared, 'cluster/client': both, 'cluster/server': both };
    },
  });
  const certificates = pem(bundle.certs.k8s?.crt);
  t.is(certificates.match(/BEGIN/g)?.length, 1);
  t.is(new X509Certificate(certificates).subject, 'CN=TEST ONLY stand-in/ca');
});

test('Other tokens make another text and another file, and the file does not say them', async (t) => {
  const { pki } = await made();
  const other = { ...tokens, trustdinfo: { token: 'other.0123456789abcdef' } };
  const { bundle } = await made({ lent: lending(other) });
  t.is(bundle.trustdinfo.token, 'other.0123456789abcdef');
  const layout = {
    path: () => undefined,
    shared: () => undefined,
    installed: () => undefined,
    folderMode: () => 0o700,
  };
  const [one, two] = [tokens, other].map((value) =>
    JSON.stringify([...talos({}, lending(value)).files({ specs: pki.plan.specs }, { plan: pki.plan, layout })]),
  );
  t.not(one, two);
  for (const secret of ['0123456789abcdef', tokens.cluster.secret]) t.false(one?.includes(secret));
});

test('The output of talosctl gen secrets is taken as tokens, without its certificates', async (t) => {
  const { text, bundle } = await made();
  t.deepEqual((await made({ lent: lending(text) })).bundle.cluster, bundle.cluster);
  const { secretboxencryptionsecret: key, bootstraptoken } = tokens.secrets;
  const old = { ...tokens, secrets: { bootstraptoken, aescbcencryptionsecret: key } };
  t.deepEqual<unknown, unknown>((await made({ lent: lending(old) })).bundle.secrets, old.secrets);
});

test('Tokens that Talos does not take are refused with every problem, and nothing of them is said', async (t) => {
  const bad = {
    cluster: { id: 'SECRET-id' },
    secrets: { bootstraptoken: 'SECRET-token' },
    trustdinfo: { token: 'SECRET trustd' },
  };
  const error = await t.throwsAsync<PkiError>(made({ lent: lending(bad) }), { instanceOf: PkiError });
  t.deepEqual(
    error?.problems.map(({ message }) => message),
    [
      'cluster.id: the base64 of 32 bytes is expected',
      'cluster.secret: it is missing, or no text and no map',
      'secrets.bootstraptoken: 6 and 16 of a-z0-9 with a dot between them is expected',
      'secrets: one of secretboxencryptionsecret and aescbcencryptionsecret is expected',
      'trustdinfo.token: a-z0-9 with a dot between them is expected',
    ],
  );
  const broken = await t.throwsAsync<PkiError>(made({ lent: lending('cluster: {\n  id: "SECRET\n') }));
  t.regex(broken?.message ?? '', /^(emitter talos: talos-tokens.yaml:\d+: this is no YAML|\d problems)$/);
  t.notRegex(JSON.stringify([error, error?.problems, broken, broken?.problems, broken?.cause ?? '']), /SECRET/);
  await t.throwsAsync(made({ lent: lending('') }), { code: 'TALOS_TOKENS' });
});

test('A plan that has not what Talos needs is refused with every problem', async (t) => {
  const none = await t.throwsAsync(made({ components: [sample] }), { code: 'TALOS_AUTHORITIES' });
  t.is(none?.message, 'emitter talos: certs.os: nobody stands behind the use talos/os');
  const split = made({
    uses: (declared) => ({ ...declared, 'etcd/peer': { signs: 'stand-in/ca', trusts: ['stand-in/ca'] } }),
  });
  t.is(
    (await t.throwsAsync(split, { code: 'TALOS_AUTHORITIES' }))?.message,
    'emitter talos: certs.etcd: for etcd/server, etcd/client, etcd/peer sign stand-in/etcd-ca and stand-in/ca',
  );
  const { plan } = await memoryPki(testCluster(), { components: [sample, os()], emitters: [] });
  const layout = {
    path: () => undefined,
    shared: () => undefined,
    installed: () => undefined,
    folderMode: () => 0o700,
  };
  const specs = plan.specs.map((spec) => (spec.id === 'os-ca' ? { ...spec, given: { key: false } } : spec));
  const keyless = { ...plan, specs: specs as typeof plan.specs };
  t.throws(() => [...talos({}, host).files({ specs: [] }, { plan: keyless, layout })], {
    message: 'emitter talos: certs.os: somebody else keeps the key of os-ca',
  });
  t.throws(() => [...talos().files({ specs: [] }, { plan, layout })], { code: 'TALOS_TOKENS' });
});

test('Talos reads the bundle, and makes of it a configuration and a client', async (t) => {
  const load = talosLoader();
  if (typeof load === 'string') {
    t.log(load);
    t.pass();
    return;
  }
  const { pki, text } = await made();
  const fingerprint = (id: string) => pki.credential(id).certificate?.fingerprint;
  t.deepEqual<unknown, unknown>(load(text), {
    etcd: fingerprint('stand-in/etcd-ca'),
    k8s: fingerprint('stand-in/ca'),
    k8saggregator: fingerprint('stand-in/front-proxy-ca'),
    os: fingerprint('os-ca'),
    token: tokens.secrets.bootstraptoken,
  });
  t.true(load(text.replace(/^ {2}os:\n.*\n/m, '  os:\n    crt: ""\n')) instanceof Error);
});
