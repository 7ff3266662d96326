import test from 'ava';
import { problems, refused, x } from '../testing/refused.ts';
import { client, elsewhere, server } from './component.ts';
import type { PlanInput } from './input.ts';

const third = (name: string, message: string) => `${name}: component third: ${message}`;

for (const use of ['nope', 'constructor', '__proto__']) {
  test(
    `a use that nobody serves is refused: ${use}`,
    refused,
    [client({ name: 'y', issuer: use, commonName: 'y' })],
    third('y', `no authority stands behind the use ${use}`),
  );
}
test(
  'a use in a flag that nobody serves is refused',
  refused,
  [server({ ...x, name: 'y', flags: { '--x': { part: 'key', of: 'nope' } } })],
  third('y', 'no authority stands behind the use nope'),
);
test(
  'a server elsewhere that accepts an unknown use is refused',
  refused,
  [elsewhere({ name: 'y', accepts: ['nope'], addresses: [] })],
  third('y', 'no authority stands behind the use nope'),
);
test(
  'a certificate signed by a bare key pair is refused',
  refused,
  [server({ ...x, name: 'y', issuer: 'sa' })],
  third('y', 'sa is a bare key pair and signs no certificates'),
);
test(
  'a certificate elsewhere that a bare key pair signs is refused',
  refused,
  [elsewhere({ name: 'y', issuer: 'sa', accepts: [], addresses: [] })],
  third('y', 'sa is a bare key pair and signs no certificates'),
);
test(
  'clients by a bare key pair are refused',
  refused,
  [server({ ...x, name: 'y', accepts: ['sa'] })],
  third('y', 'it wants the trust of the use sa, and sa is a bare key pair without a certificate'),
);
test(
  'a certificate of a bare key pair in a flag is refused',
  refused,
  [server({ ...x, name: 'y', flags: { '--x': { part: 'certificate', of: 'sa' } } })],
  third('y', 'it wants the certificate of the use sa, and sa is a bare key pair without a certificate'),
);

test('a table of uses that points nowhere is refused', (t) => {
  const uses: PlanInput['uses'] = (declared) => ({
    ...declared,
    'x/client': { signs: 'gone', trusts: [] },
    sa: { signs: 'sa', trusts: ['ca'] },
  });
  const said = problems(t, [], { uses }).filter(({ where }) => where.startsWith('uses.'));
  t.deepEqual(
    said.map(({ where, message }) => `${where}: ${message}`),
    [
      'uses.x/client: there is no authority gone',
      'uses.x/client: nobody is trusted for it',
      'uses.sa: authorities and bare key pairs cannot stand behind one use: sa, ca',
    ],
  );
  t.true(said.every(({ hint }) => hint !== undefined));
});

for (const [use, hint] of Object.entries({
  'x/servr': /^did you mean x\/server\? the uses are: /,
  ca: /^ca is an authority; name a use that it serves: x\/server, x\/client$/,
  nope: /^the uses are: /,
})) {
  test(`the hint for ${use}, which is no use, says what was probably meant`, (t) => {
    const [said] = problems(t, [client({ name: 'y', issuer: use, commonName: 'y' })]);
    t.regex(said?.hint ?? '', hint);
  });
}
