import test from 'ava';
import { everyRule, type Rule, yielding } from './testing/third.ts';

/** What a third party's component yields, and what is said of it. */
const rules: readonly Rule[] = [
  [
    "client({ ...leaf, name: 'kube-proxy', node: 'cp-1' })",
    'kube-proxy@cp-1: component third: two things have this id, the other by component kube-proxy',
    /another name/,
  ],
  [
    "client({ ...leaf, name: '../y' })",
    '../y: component third: this name cannot be a file name',
    /letters, digits .*divided by \//,
  ],
  [
    "client({ ...leaf, name: 'dots..y' })",
    'dots..y: component third: this name cannot be a file name',
    /letters, digits/,
  ],
  [
    "authority({ name: 'use', commonName: 'y', serves: ['a:b'] })",
    'use: component third: the use "a:b" cannot be part of a file name',
    /letters, digits/,
  ],
  [
    "client({ ...leaf, name: 'node', node: 'cp-9' })",
    'node@cp-9: component third: the cluster has no node cp-9',
    /from the cluster that it is given/,
  ],
  [
    "keyPair({ name: 'tokens', serves: ['sa'], keys: 'ed25519' })",
    'tokens: component third: Kubernetes signs service-account tokens with RSA or ECDSA keys only, not with ed25519',
    /ecdsa-p256/,
  ],
  [
    "client({ ...leaf, name: 'long', commonName: 'é'.repeat(33) })",
    'long: component third: its common name has 66 bytes, and X.509 allows 64',
    /shorter/,
  ],
  ["client({ ...leaf, name: 'empty', commonName: '' })", 'empty: component third: its common name is empty', /a name/],
  [
    "authority({ name: 'ca/empty', commonName: '', serves: ['empty'] })",
    'ca/empty: component third: its common name is empty',
    /a name/,
  ],
  [
    "client({ ...leaf, name: 'control', organizations: ['a\\nb'] })",
    'control: component third: its organization holds control characters',
    /can be seen/,
  ],
  [
    "client({ ...leaf, name: 'separator', commonName: 'a\u2028b' })",
    'separator: component third: its common name holds control characters',
    /can be seen/,
  ],
  [
    "client({ ...leaf, name: 'half', organizations: ['a\\ud83d'] })",
    'half: component third: its organization holds half a character',
    /between characters/,
  ],
  [
    "client({ ...leaf, name: 'lasting', validity: 4e9 })",
    'lasting: component third: its life of 46296.3 days is longer than the 3650 days of its authority ca',
    /shorten validity\.leaves/,
  ],
  [
    "authority({ name: 'ca/eternal', commonName: 'y', serves: ['eternal'], validity: 1e12 })",
    'ca/eternal: component third: its life of 11574074.1 days passes the year 9999, the last that a certificate can hold',
    /counts seconds/,
  ],
  [
    "client({ ...leaf, name: 'brief', validity: 90 })",
    'brief: component third: its life of 90 s is over when it begins, 300 s before it is made',
    /counts seconds/,
  ],
  [
    "{ ...leaf, name: 'nothing' }",
    "nothing: component third: it is neither a server's nor a client's certificate",
    /server, client or peer/,
  ],
  [
    "server({ ...leaf, name: 'nameless' })",
    'nameless: component third: a server needs at least one name or address',
    /`sans`/,
  ],
  [
    "client({ ...leaf, name: 'kubeconfig', kubeconfig: { credentials: 'embedded' } })",
    'kubeconfig: component third: a kubeconfig names one server, and this one connects to 0',
    /one server/,
  ],
  [
    "client({ ...leaf, name: 'name', sans: { dns: ['Y.example'], ips: [] } })",
    'name: component third: "Y.example" is no DNS name in canonical form',
    /write y\.example/,
  ],
  [
    "client({ ...leaf, name: 'address', sans: { dns: ['10.0.0.1'], ips: ['10.0.0.256'] } })",
    'address: component third: "10.0.0.1" is no DNS name in canonical form',
    /among the addresses/,
  ],
  ['', 'address: component third: "10.0.0.256" is no IP address in canonical form', /RFC 5952/],
  [
    "elsewhere({ name: 'host', accepts: [], addresses: [{ host: 'https://y', port: 443 }] })",
    'host: component third: "https://y" is no host in canonical form',
    /the host alone/,
  ],
  [
    "client({ ...leaf, name: 'secret', secret: { name: 'Y', namespace: '../y' } })",
    'secret: component third: "Y" is no name of a Secret',
    /lower-case/,
  ],
  ['', 'secret: component third: "../y" is no name of a namespace', /lower-case/],
  [
    "client({ ...leaf, name: 'bound', bindings: [{ binding: 'a/b', clusterRole: '', to: { kind: 'Group', name: '' } }] })",
    'bound: component third: "a/b" is no name of a binding or role',
    /leave out/,
  ],
  ['', 'bound: component third: "" is no name of a binding or role', /leave out/],
  ['', 'bound: component third: "" is no name of a group', /can be seen/],
];

test('Each rule for what a component yields names the third party’s that breaks it, all in one error, and nothing is written', async (t) => {
  await everyRule(t, rules, { code: 'PLAN_INVALID', own: yielding(t, rules) });
});
