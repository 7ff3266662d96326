import { testFaults } from './testing/third.ts';

testFaults({
  'a component that throws': [
    "components: [component('third', () => { throw new Error('no inventory\\nat all'); })]",
    /^COMPONENT_FAILED component third failed: no inventory\n.*tell its authors, or leave it out; KUBEPKI_DEBUG=1 shows where$/,
  ],
  'a component that throws after it has yielded': [
    "components: [component('third', function* () { yield client({ ...leaf, name: 'y' }); throw new Error('no inventory'); })]",
    /^COMPONENT_FAILED component third failed: no inventory\n.*tell its authors, or leave it out; KUBEPKI_DEBUG=1 shows where$/,
  ],
  'a component that throws while what it yields is read': [
    "components: [component('third', () => [{ ...leaf, name: 'y', get validity() { throw new Error('no inventory'); } }])]",
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
  'a component that returns what it is to yield': [
    "components: [component('third', function* () { return [client({ ...leaf, name: 'y' })]; })]",
    /^COMPONENT_FAILED component third returns what it is to yield\nits plan is to be a generator/,
  ],
  'a factory that makes no component': [
    "components: [{ component: 'third', options, from: () => 7 }]",
    /^COMPONENT_FAILED component third makes a number, where a component is expected\n/,
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
  'an issuer that throws when it is asked': [
    "issuers: async ({ certificate }) => ({ certificate, issue: async () => { throw new Error('the token is locked'); } })",
    /^ISSUER_FAILED kubepki\.config\.mjs: issuers for ca failed: the token is locked\n/,
  ],
  'an issuer that signs for another authority': [
    `issuers: (() => {
      let first;
      return async ({ certificate, key }) => (first ??= core.localIssuer({ certificate, signer: core.softwareSigner(key) }));
    })()`,
    /^ISSUER_FAILED kubepki\.config\.mjs: issuers for etcd\/ca gives a certificate of another authority for CN=.*\n/,
  ],
  'an issuer that signs something else': [
    `issuers: async ({ certificate, key }) => {
      const honest = core.localIssuer({ certificate, signer: core.softwareSigner(key) });
      const brief = (template) => ({ ...template, life: { ...template.life, validity: 3600 } });
      return { certificate, issue: (request) => honest.issue({ ...request, template: brief(request.template) }) };
    }`,
    /^ISSUER_FAILED kubepki\.config\.mjs: issuers for ca gives another certificate for O=.*: life .*\n/,
  ],
  'an issuer that gives what is no certificate': [
    'issuers: async ({ certificate }) => ({ certificate, issue: async () => ({ certificate: { der: new Uint8Array(9) } }) })',
    /^ISSUER_FAILED kubepki\.config\.mjs: issuers for ca gives bytes that are no certificate\n/,
  ],
});
