// The categories are those of google/x509test; the certificates are made here.
import test, { type ExecutionContext } from 'ava';
import { certificateOf, changed, extension, having, nameOf, put, raw, type TbsParts } from '../../testing/bad-tbs.ts';
import { bytesOf, element, hex, integer, oid, sequence, type Tree, text } from '../../testing/der-tree.ts';
import { goodTbs, root } from '../../testing/good-tbs.ts';
import { elements, extensions, fields } from '../../testing/lint/mutants/encoding.ts';
import { otherExtensions, times } from '../../testing/lint/mutants/others.ts';
import { rows } from '../../testing/lint/rows.ts';
import { tags } from '../x509/der.ts';
import { type LintContext, lintCertificate, lintRules } from './index.ts';

const context = { issuer: root };
const errors = new Set(lintRules.filter(({ severity }) => severity === 'error').map(({ id }) => id));
let kinds = 0;

function refused(t: ExecutionContext, der: Uint8Array, its: LintContext = context): void {
  kinds += 1;
  const findings = lintCertificate(der, its);
  t.true(
    findings.some(({ severity }) => severity === 'error'),
    JSON.stringify(findings),
  );
}

for (const [what, change] of Object.entries({ ...elements, ...fields, ...extensions, ...times, ...otherExtensions })) {
  test(`A certificate with ${what} is refused`, (t) => refused(t, certificateOf(changed(goodTbs(), change))));
}

for (const { what, rule, tbs, context: its } of rows) {
  if (!errors.has(rule) || its.template !== undefined) continue;
  test(`A certificate ${what} is refused`, (t) => {
    refused(t, certificateOf(tbs()), its);
  });
}

/** What is wrong around the bytes that are signed. */
const around: Readonly<Record<string, (parts: Tree[]) => unknown>> = {
  'with another algorithm outside': (parts) => parts.splice(1, 1, sequence(oid('2a8648ce3d040303'))),
  'with a parameter outside alone': (parts) =>
    parts.splice(1, 1, sequence(oid('2a8648ce3d040302'), element(tags.null))),
  'without a signature': (parts) => parts.pop(),
  'with a signature of octets': (parts) => parts.splice(2, 1, element(tags.octetString, hex('00 01'))),
  'with a signature that is no whole bytes': (parts) => parts.splice(2, 1, element(tags.bitString, hex('01 02'))),
  'with a signature without bits': (parts) => parts.splice(2, 1, element(tags.bitString)),
  'with two signatures': (parts) => parts.push(element(tags.bitString, hex('00 01'))),
  'with something behind the signature': (parts) => parts.push(integer('01')),
  'without what is signed': (parts) => parts.shift(),
  'of a text': (parts) => parts.splice(0, 1, element(tags.utf8String, 'a')),
  'of a set': (parts) => parts.splice(0, 1, raw(bytesOf({ tag: tags.set, content: [integer('01')] }))),
};
for (const [what, change] of Object.entries(around)) {
  test(`A certificate ${what} is refused`, (t) => {
    refused(
      t,
      certificateOf(goodTbs(), (parts) => void change(parts)),
    );
  });
}

const good = certificateOf(goodTbs());
const nested = (levels: number): Uint8Array => {
  let der: Uint8Array = hex('0500');
  for (let level = 0; level < levels && der.length < 2 ** 24 - 8; level++) der = bytesOf(sequence(raw(der)));
  return der;
};
const whole: Readonly<Record<string, () => Uint8Array>> = {
  nothing: () => new Uint8Array(),
  'one byte': () => hex('30'),
  'a certificate and a byte': () => Buffer.concat([good, hex('00')]),
  'two certificates': () => Buffer.concat([good, good]),
  'a certificate that is cut off': () => good.subarray(0, -1),
  'a certificate in a string of octets': () => bytesOf(element(tags.octetString, good)),
  'a certificate as text': () => Buffer.from(Buffer.from(good).toString('base64')),
  '10,000 levels': () => nested(10_000),
  '10,000 beginnings without an end': () => new Uint8Array(20_000).fill(0x30),
  '10,000 indefinite lengths': () => hex('3080'.repeat(10_000)),
  'a length of 4 GiB': () => hex('30 84 ffffffff'),
  'a length of 16 MiB': () => hex('30 83 ffffff'),
  'a length of 126 bytes': () => hex(`30 fe ${'ff'.repeat(126)}`),
  '64 KiB of zeros': () => new Uint8Array(2 ** 16),
  '16 MiB of zeros': () => new Uint8Array(2 ** 24),
};
for (const [what, make] of Object.entries(whole)) {
  test(`What is ${what} is refused`, (t) => refused(t, make()));
}

const many: Readonly<Record<string, (parts: TbsParts) => unknown>> = {
  '5,000 extensions': ({ extensions = [] }) =>
    extensions.push(...Array.from({ length: 5_000 }, () => extension('2a03', hex('05')))),
  '10,000 names': (parts) => put(parts, 'subjectAltName', sequence(...Array(10_000).fill(text(0x82, '.a')))),
  'a name of 60,000 letters': (parts) => put(parts, 'subjectAltName', sequence(text(0x82, 'a'.repeat(60_000)))),
  'a node of 60,000 letters': having({
    subject: nameOf(['550403', tags.utf8String, `system:node:${'a'.repeat(59_000)}!`]),
  }),
  'a key of 450,000 bits': having({
    publicKey: sequence(
      sequence(oid('2a864886f70d010101'), element(tags.null)),
      element(tags.bitString, hex('00'), sequence(integer(`00${'c7'.repeat(56_000)}`), integer('02'))),
    ),
  }),
};
for (const [what, change] of Object.entries(many)) {
  test(`A certificate with ${what} is refused, and soon`, (t) => {
    t.timeout(10_000);
    const der = certificateOf(changed(goodTbs(), change));
    t.true(der.length < 65_536);
    refused(t, der);
    const [finding] = lintCertificate(der, context);
    t.true((finding?.detail.length ?? 0) < 200);
  });
}

test('What the mutants are made of is good', (t) => {
  t.deepEqual(lintCertificate(good, context), []);
});

test.after('at least 70 kinds of them were refused', (t) => {
  t.log(`${kinds} kinds`);
  t.true(kinds >= 70);
});
