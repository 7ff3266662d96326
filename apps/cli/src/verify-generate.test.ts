import { rmSync } from 'node:fs';
import test, { type ExecutionContext } from 'ava';
import { type Desk, desk, two } from './testing/program.ts';
import { withThird } from './testing/third.ts';

/** An emitter whose file is not what it says: two authorities in the wrong order. */
const swapped = `emitters: [emitter('third', {
  files: ({ node }) => node ? [] : [{ ...file, holds: [{ id: 'ca', part: 'certificate' }, { id: 'etcd/ca', part: 'certificate' }] }],
  render: ({ holds }, get) => holds.map(get).reverse().join(''),
  read: (text) => text.match(/-----BEGIN[^-]*-----[^-]*-----END[^-]*-----\\n/g),
})]`;

/** An issuer whose clock is wrong, so that nobody accepts yet what it signs. */
const early = `issuers: async ({ certificate, key, spec }) => {
  if (spec.name !== 'front-proxy-ca') return undefined;
  const issuer = core.localIssuer({ certificate, signer: core.softwareSigner(key) });
  return { certificate, issue: (request) => issuer.issue({ ...request, now: new Date(Date.now() + 30 * 86_400_000) }) };
}`;

const broken = [
  [
    'an emitter that writes something else than it says',
    swapped,
    /^third: it holds the certificate of etcd\/ca, and is to hold that of ca$/m,
  ],
  ['an issuer whose certificates have not begun', early, /^front-proxy-client@cp-1: its certificate begins at /m],
  [
    'an emitter that writes what it cannot read back',
    `emitters: [emitter('third', {
      files: ({ node }) => node ? [] : [{ ...file, holds: [{ id: 'ca', part: 'certificate' }] }],
      render: () => 'nonsense', read: (text) => [text],
    })]`,
    /^third: it holds no certificate where that of ca is to be$/m,
  ],
] as const;

for (const [what, code, says] of broken) {
  test(`generate with ${what} is stopped before anything becomes current`, async (t) => {
    const own = withThird(t, code);
    const before = own.look();
    const { status, stdout, stderr } = await own.kubepki(['generate', '--json']);
    t.is(status, 74, stderr);
    const { error } = JSON.parse(stdout);
    t.is(error.code, 'VERIFY_FAILED');
    t.regex(
      error.problems.map((one: { where: string; message: string }) => `${one.where}: ${one.message}`).join('\n'),
      says,
    );
    t.truthy(error.hint);
    t.regex(stderr, /^error: \d+ things? (is|are) not as planned in what was made, so nothing became current\n/);
    t.deepEqual(own.look(), before);
    t.is((await own.kubepki(['generate', '--no-verify'])).status, 0);
    t.is((await own.kubepki(['verify'])).status, 2);
  });
}

test('A later run that is not as planned leaves the generation that was there', async (t) => {
  const own = withThird(t, '');
  t.is((await own.kubepki(['generate'])).status, 0);
  const before = own.look('pki/current/');
  own.write(
    'kubepki.config.mjs',
    own.read('kubepki.config.mjs').replace('export default {', `export default { ${swapped}`),
  );
  t.is((await own.kubepki(['generate'])).status, 74);
  t.deepEqual(own.look('pki/current/'), before);
  t.deepEqual(
    Object.keys(own.look('pki/generations')).filter((path) => !path.includes('/')),
    ['0001'],
  );
});

type Report = { readonly changed: boolean; readonly verified: { files: number; connections: number } | null };

async function report(t: ExecutionContext, { kubepki }: Desk, ...args: string[]): Promise<Report> {
  const { status, stdout, stderr } = await kubepki(['generate', '--json', ...args]);
  t.is(status, 0, stderr);
  return JSON.parse(stdout);
}

test('generate says what it verified; an idle run, a dry run and --no-verify verify nothing', async (t) => {
  const own = desk(t);
  own.write('cluster.yaml', two);
  t.is((await report(t, own, '--dry-run')).verified, null);
  const { verified } = await report(t, own);
  t.is(verified?.files, 44);
  t.true((verified?.connections ?? 0) > 50);
  t.deepEqual([(await report(t, own)).changed, (await report(t, own)).verified], [false, null]);
  rmSync(own.path('pki'), { recursive: true });
  t.is((await report(t, own, '--no-verify')).verified, null);
  rmSync(own.path('pki'), { recursive: true });
  t.regex((await own.kubepki(['generate'])).stdout, /\nverified: 44 files, \d+ connections as planned\n/);
  rmSync(own.path('pki'), { recursive: true });
  t.regex((await own.kubepki(['generate', '--no-verify'])).stdout, /\nnot verified, as --no-verify says\n/);
});

test('What was kept and is over stops no run, since generate makes nothing again because of time', async (t) => {
  const own = desk(t);
  const cluster = { ...two, users: [{ name: 'jane', validity: '1h' }] };
  own.write('cluster.yaml', { ...cluster, validity: { backdate: '59m59s' } });
  t.is((await own.kubepki(['generate', '--no-verify'])).status, 0);
  t.is((await own.kubepki(['verify'])).status, 2);
  own.write('cluster.yaml', {
    ...cluster,
    validity: { backdate: '59m59s' },
    certificates: { apiserver: { sans: ['10.9.9.9'] } },
  });
  const { changed, verified } = await report(t, own);
  t.true(changed);
  t.true((verified?.connections ?? 0) > 50);
  const { status, stdout } = await own.kubepki(['verify', '--json']);
  t.is(status, 2);
  t.deepEqual(
    JSON.parse(stdout).problems.map(({ check, where }: { check: string; where: string }) => `${check} ${where}`),
    ['time user/jane'],
  );
});
