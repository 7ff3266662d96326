import { randomBytes } from 'node:crypto';
import test from 'ava';
import { PkiError } from '../../error.ts';
import { type Keyed, softwareKeys } from '../../keys/index.ts';
import type { AuthoritySpec, LeafSpec } from '../../plan/spec.ts';
import { changed } from '../../testing/bad-tbs.ts';
import { countingAuthority } from '../../testing/counting-authority.ts';
import { badTemplates } from '../../testing/lint/templates.ts';
import { smallPlan } from '../../testing/small.ts';
import type { Encode } from '../certificate.ts';
import { lintRules, sign, template } from '../index.ts';
import { encodeTbs } from '../x509/encode.ts';

const plan = smallPlan();
const now = new Date('2026-06-01T12:00:00Z');
const source = softwareKeys();
const newKey = () => source.make({ id: 'any', algorithm: 'ecdsa-p256' });
const ca = plan.specs.find((spec): spec is AuthoritySpec => spec.kind === 'authority') as AuthoritySpec;
const server = plan.specs.find(({ id }) => id === 'x@a') as LeafSpec;

type Asked = { readonly spec?: LeafSpec; readonly encode?: Encode; readonly times?: number };

/** Has the stage `sign` make a server's certificate, by an authority whose uses of its key are counted. */
async function ask({ spec = server, encode, times = 1 }: Asked) {
  const authority = await countingAuthority(template(ca, plan), now);
  const issuer = authority.issuer(encode);
  const key = await newKey();
  async function* keyed(): AsyncGenerator<Keyed> {
    yield { spec: ca, kept: { spec: ca, certificate: authority.certificate, made: false } };
    for (let time = 0; time < times; time++) yield { spec, reasons: ['new'], key };
  }
  const made: string[] = [];
  const context = { plan, now, random: randomBytes, issuers: async () => issuer };
  try {
    for await (const credential of sign(keyed(), context)) made.push(credential.spec.id);
    return { made, uses: authority.uses() };
  } catch (error) {
    return { made, uses: authority.uses(), error };
  }
}

test('The counting signer counts one use for a good template, and three for three', async (t) => {
  const one = await ask({});
  t.is(one.error, undefined);
  t.deepEqual([one.uses, one.made.length], [1, 2]);
  t.is((await ask({ times: 3, encode: encodeTbs })).uses, 3);
});

for (const [what, { change, rules }] of Object.entries(badTemplates)) {
  test(`A template with ${what} is refused for ${rules.join(' and ')} before the authority's key is used`, async (t) => {
    const { error, uses } = await ask({ encode: (...given) => changed(encodeTbs(...given), change) });
    t.is(uses, 0);
    if (!(error instanceof PkiError)) return t.fail(`${error}`);
    t.is(error.code, 'LINT_FAILED');
    t.deepEqual(error.problems.map(({ message }) => message.split(': ')[0] ?? '').sort(), [...rules].sort());
    for (const { where, message, hint } of error.problems) {
      t.is(where, 'x@a');
      t.is(hint, lintRules.find(({ id }) => message.startsWith(`${id}: `))?.remedy);
    }
    t.regex(error.message, rules.length === 1 ? /^x@a: [a-z-]+: ./ : /^x@a: what is to be signed breaks \d rules$/);
    t.notRegex(JSON.stringify([error.message, error.hint, error.problems]), /\\n|\bat .*\.[jt]s|node:|undefined/);
  });
}

const { sans } = server;
/** What a plan could say, were it not checked. The encoder itself refuses some of it. */
const specs: Readonly<Record<string, readonly [change: Partial<LeafSpec>, code: string]>> = {
  'a name beyond ASCII': [{ sans: { ...sans, dns: ['b\u00fccher.example'] } }, 'SAN_INVALID'],
  'a name with a NUL in it': [{ sans: { ...sans, dns: ['a\0b'] } }, 'SAN_INVALID'],
  'a name with another name behind it': [{ sans: { ...sans, dns: ['a.example, DNS:evil.example'] } }, 'SAN_INVALID'],
  'an address of five octets': [{ sans: { ...sans, ips: ['10.0.0.0.1'] } }, 'SAN_INVALID'],
  'an address in the place of a name': [{ sans: { ...sans, dns: ['10.0.0.1'] } }, 'LINT_FAILED'],
  'a common name of 200 characters': [{ commonName: 'n'.repeat(200) }, 'LINT_FAILED'],
  'no names': [{ sans: { dns: [], ips: [] } }, 'LINT_FAILED'],
  'the name of a node and another group': [
    { usages: ['client'], commonName: 'system:node:a', organizations: ['system:masters'] },
    'LINT_FAILED',
  ],
};
for (const [what, [change, code]] of Object.entries(specs)) {
  test(`A spec with ${what} is refused with ${code} before the authority's key is used`, async (t) => {
    const { error, uses, made } = await ask({ spec: { ...server, ...change } });
    t.is(uses, 0);
    t.deepEqual(made, ['ca']);
    if (!(error instanceof PkiError)) return t.fail(`${error}`);
    t.is(error.code, code);
    t.regex(error.message, /^x@a: ./);
    t.regex(error.hint ?? error.problems[0]?.hint ?? '', /\w{3}/);
    t.notRegex(error.message, /\p{Cc}|\bat .*\.[jt]s/u);
  });
}

test('Whatever byte an encoder writes otherwise is refused, but for the kind of a text and an identifier of a leaf’s key', async (t) => {
  const authority = await countingAuthority(template(ca, plan), now);
  const key = await newKey();
  const given = { template: template(server, plan), key, now, random: randomBytes };
  let length = 0;
  const broken =
    (at: number): Encode =>
    (...its) => {
      const tbs = encodeTbs(...its);
      tbs[at] = (tbs[at] ?? 0) ^ (1 << (at % 8));
      length = tbs.length;
      return tbs;
    };
  let signed = 0;
  for (let at = 0; at === 0 || at < length; at++) {
    const before = authority.uses();
    const error = await authority
      .issuer(broken(at))
      .issue(given)
      .catch((caught: unknown) => caught);
    if (authority.uses() === before) t.is((error as PkiError).code, 'LINT_FAILED');
    else signed += 1;
  }
  t.true(length > 300);
  t.true(signed >= 20 && signed <= 22, `${signed}`);
});
