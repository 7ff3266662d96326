import test from 'ava';
import { failure, withThird } from './testing/third.ts';

/** A title, the config, and what is said: `code message` and the hint. */
const faults: Record<string, [code: string, says: RegExp]> = {
  'a component that throws': [
    "components: [component('third', () => { throw new Error('no inventory\\nat all'); })]",
    /^COMPONENT_FAILED component third failed: no inventory\n.*tell its authors, or leave it out$/,
  ],
  'a component that plans later': [
    "components: [component('third', async () => [])]",
    /^COMPONENT_FAILED component third plans a promise, where specs are expected\nits plan is to be a generator/,
  ],
  'a component that forgets to return its plan': [
    "components: [component('third', () => {})]",
    /^COMPONENT_FAILED component third plans nothing, where specs are expected\n/,
  ],
  'a factory that makes no component': [
    "components: [{ component: 'third', options, from: () => 7 }]",
    /^COMPONENT_FAILED component third makes a number, where a component is expected\n/,
  ],
  'a policy that throws': [
    "policies: [(plan) => plan, function house() { throw new Error('not in our house'); }]",
    /^POLICY_FAILED kubepki\.config\.mjs: policies\[1\] \(house\) failed: not in our house\na policy is a function/,
  ],
  'a policy that forgets to return the plan': [
    'policies: [() => {}]',
    /^POLICY_FAILED kubepki\.config\.mjs: policies\[0\] returns nothing, where a plan is expected\n/,
  ],
  'a policy that returns what is no plan': [
    'policies: [(plan) => ({ ...plan, specs: plan.specs.map((spec) => ({ ...spec, keys: "rsa-1024" })) })]',
    /^POLICY_FAILED kubepki\.config\.mjs: policies\[0\] returns what is no plan: ca\.keys: /,
  ],
  'a policy that puts a plan into another order': [
    'policies: [(plan) => ({ ...plan, specs: [...plan.specs].reverse() })]',
    /^POLICY_FAILED .*policies\[0\] returns a plan in another order: \S+ stands in the wrong place\nauthorities come first/,
  ],
  'a policy that takes an authority away': [
    'policies: [(plan) => ({ ...plan, specs: plan.specs.filter(({ id }) => id !== "front-proxy-ca") })]',
    /^PLAN_INVALID uses\.front-proxy\/client: by policies\[0\]: there is no authority front-proxy-ca\nthe authorities are/,
  ],
  'a policy after which nobody is trusted': [
    'policies: [(plan) => plan, (plan) => ({ ...plan, uses: { ...plan.uses, "kubelet/server": { signs: "ca", trusts: [] } } })]',
    /^PLAN_INVALID uses\.kubelet\/server: by policies\[1\]: nobody is trusted for it\n/,
  ],
  'an emitter that throws before there is a key': [
    "emitters: [emitter('third', { files() { throw new Error('no idea'); } })]",
    /^EMITTER_FAILED emitter third failed: no idea\n.*tell its authors/,
  ],
  'an emitter that names nonsense': [
    "emitters: [emitter('third', { files: () => [{ ...file, mode: '644' }] })]",
    /^EMITTER_FAILED emitter third names what is no file: third\.mode: /,
  ],
  'an emitter that names no files at all': [
    "emitters: [emitter('third', { files() {} })]",
    /^EMITTER_FAILED emitter third names nothing, where files are expected\n/,
  ],
  'an emitter whose file is to hold what is not there': [
    "emitters: [emitter('third', { files: () => [{ ...file, holds: [{ id: 'dex', part: 'certificate' }] }] })]",
    /^EMITTER_FAILED emitter third names third, which is to hold dex, and nothing of its part has that id\n/,
  ],
  'an emitter that would let others read a key': [
    "emitters: [emitter('third', { files: () => [{ ...file, holds: [{ id: 'ca', part: 'key' }] }] })]",
    /^EMITTER_FAILED emitter third names third, which holds the key of ca, without `secret: true`\n/,
  ],
  'an emitter whose file leaves the tree': [
    "emitters: [emitter('third', { files: ({ node }) => node ? [] : [{ ...file, path: '../third' }] })]",
    /^FILES_INVALID \.\.\/third: emitter third: /,
  ],
  'an emitter that wants another’s file': [
    "emitters: [emitter('third', { files: () => [{ ...file, path: 'authorities/ca.crt' }] })]",
    /^FILES_INVALID authorities\/ca\.crt: two artifacts want this file: .* emitter third/,
  ],
  'an emitter that throws over a key': [
    `emitters: [emitter('third', {
      files: ({ node }) => node ? [] : [{ ...file, mode: 0o600, secret: true, holds: [{ id: 'ca', part: 'key' }] }],
      render: ({ holds }, get) => { throw new RangeError(get(holds[0]).split('\\n')[1]); },
    })]`,
    /^EMITTER_FAILED emitter third failed to render third: RangeError\nits message is not repeated, since it may hold a key/,
  ],
  'an emitter that gets what its file does not hold': [
    "emitters: [emitter('third', { files: ({ node }) => node ? [] : [file], render: (_file, get) => get({ id: 'dex', part: 'key' }) })]",
    /^EMITTER_FAILED emitter third failed to render third: a file is to hold dex, which is not of its part\n/,
  ],
  'an emitter that renders no text': [
    "emitters: [emitter('third', { files: ({ node }) => node ? [] : [file], render: () => Buffer.from('x') })]",
    /^EMITTER_FAILED emitter third renders an object for third, where a text is expected\n/,
  ],
  'an issuer that cannot be opened': [
    "issuers: () => { throw new Error('no token in the slot'); }",
    /^ISSUER_FAILED kubepki\.config\.mjs: issuers for ca failed: no token in the slot\n/,
  ],
  'an issuer that is none': [
    'issuers: async () => ({ sign() {} })',
    /^ISSUER_FAILED kubepki\.config\.mjs: issuers for ca gives an object, where an issuer is expected\n/,
  ],
  'an issuer that gives no certificate': [
    'issuers: async ({ certificate }) => ({ certificate, issue: async () => ({}) })',
    /^ISSUER_FAILED kubepki\.config\.mjs: issuers for ca gives an object without a certificate.s bytes\n/,
  ],
  'an issuer that gives somebody else’s certificate': [
    'issuers: async ({ certificate }) => ({ certificate, issue: async () => ({ certificate, cut: false }) })',
    /^ISSUER_FAILED kubepki\.config\.mjs: issuers for ca gives a certificate of another key for .*CN=/,
  ],
};
for (const [what, [code, says]] of Object.entries(faults)) {
  test(`The error for ${what} says whose fault it is and what to do, and nothing is written`, async (t) => {
    const error = await failure(t, withThird(t, code));
    t.regex(`${error.code} ${error.message}\n${error.hint}`, says);
  });
}

test('A policy may refuse by core’s own error, which keeps its code and its hint', async (t) => {
  const own = withThird(
    t,
    "policies: [() => { throw new PkiError('HOUSE_NAMES', 'y.com is not ours', { hint: 'ask us' }); }]",
  );
  own.write('kubepki.config.mjs', `import { PkiError } from '@kubepki/core';${own.read('kubepki.config.mjs')}`);
  const { code, message, hint } = await failure(t, own, ['plan']);
  t.deepEqual(
    { code, message, hint },
    { code: 'HOUSE_NAMES', message: 'kubepki.config.mjs: policies[0]: y.com is not ours', hint: 'ask us' },
  );
});
