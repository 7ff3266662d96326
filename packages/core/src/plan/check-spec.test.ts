import test from 'ava';
import { refused, x } from '../testing/refused.ts';
import { authority, client, elsewhere, keyPair, type SpecInput, server } from './component.ts';

const binding = { binding: 'b', clusterRole: 'c', to: { kind: 'User', name: 'u' } } as const;

/** A title, the spec, and what is said of it. */
const rules: readonly [title: string, spec: SpecInput, message: string][] = [
  [
    'an Ed25519 key for service accounts',
    keyPair({ name: 'y', keys: 'ed25519', serves: ['sa'] }),
    'Kubernetes signs service-account tokens with RSA or ECDSA keys only, not with ed25519',
  ],
  [
    'a common name of more than 64 bytes',
    server({ ...x, name: 'y', commonName: 'é'.repeat(33) }),
    'its common name has 66 bytes, and X.509 allows 64',
  ],
  ['a common name that is empty', server({ ...x, name: 'y', commonName: '' }), 'its common name is empty'],
  [
    'control characters in a name',
    client({ name: 'y', issuer: 'x/client', commonName: 'a\nb' }),
    'its common name holds control characters',
  ],
  [
    'a separator of lines in a name',
    client({ name: 'y', issuer: 'x/client', commonName: 'a\u2028b' }),
    'its common name holds control characters',
  ],
  [
    'half a character in a name',
    client({ name: 'y', issuer: 'x/client', commonName: 'a\ud83d' }),
    'its common name holds half a character',
  ],
  [
    'a common name of an authority that is empty',
    authority({ name: 'y', commonName: '', serves: ['y'] }),
    'its common name is empty',
  ],
  [
    'a group of more than 64 bytes',
    client({ name: 'y', issuer: 'x/client', commonName: 'y', organizations: ['o'.repeat(65)] }),
    'its organization has 65 bytes, and X.509 allows 64',
  ],
  [
    'a leaf that outlives its authority',
    server({ ...x, name: 'y', validity: 2000 * 86_400 }),
    'its life of 2000 days is longer than the 1000 days of its authority ca',
  ],
  [
    'a life that is over when it begins',
    server({ ...x, name: 'y', validity: 300 }),
    'its life of 300 s is over when it begins, 300 s before it is made',
  ],
  [
    'a life that passes the year 9999',
    authority({ name: 'y', commonName: 'y', serves: ['y'], validity: 8000 * 365 * 86_400 }),
    'its life of 2920000 days passes the year 9999, the last that a certificate can hold',
  ],
  [
    'a certificate for nothing',
    server({ ...x, name: 'y', usages: [] }),
    "it is neither a server's nor a client's certificate",
  ],
  [
    'a server without names',
    server({ ...x, name: 'y', sans: { dns: [], ips: [] } }),
    'a server needs at least one name or address',
  ],
  [
    'a kubeconfig for no server',
    client({ name: 'y', issuer: 'x/client', commonName: 'y', kubeconfig: { credentials: 'embedded' } }),
    'a kubeconfig names one server, and this one connects to 0',
  ],
  [
    'a name that is not canonical',
    server({ ...x, name: 'y', sans: { dns: ['Y.example'], ips: [] } }),
    '"Y.example" is no DNS name in canonical form',
  ],
  [
    'an address among the names',
    server({ ...x, name: 'y', sans: { dns: ['10.0.0.1'], ips: [] } }),
    '"10.0.0.1" is no DNS name in canonical form',
  ],
  [
    'an address that is none',
    server({ ...x, name: 'y', sans: { dns: [], ips: ['10.0.0.256'] } }),
    '"10.0.0.256" is no IP address in canonical form',
  ],
  [
    'an address that is not canonical',
    server({ ...x, name: 'y', sans: { dns: [], ips: ['::0'] } }),
    '"::0" is no IP address in canonical form',
  ],
  [
    'a host elsewhere that is none',
    elsewhere({ name: 'y', accepts: [], addresses: [{ host: 'y:443', port: 443 }] }),
    '"y:443" is no host in canonical form',
  ],
  [
    'a Secret that no API server takes',
    server({ ...x, name: 'y', secret: { name: 'y_z', namespace: 'y' } }),
    '"y_z" is no name of a Secret',
  ],
  [
    'a namespace that no API server takes',
    server({ ...x, name: 'y', secret: { name: 'y', namespace: 'y.z' } }),
    '"y.z" is no name of a namespace',
  ],
  [
    'a binding that no API server takes',
    server({ ...x, name: 'y', bindings: [{ ...binding, binding: '..' }] }),
    '".." is no name of a binding or role',
  ],
  [
    'a role that no API server takes',
    server({ ...x, name: 'y', bindings: [{ ...binding, clusterRole: 'a%b' }] }),
    '"a%b" is no name of a binding or role',
  ],
  [
    'a bound user without a name',
    server({ ...x, name: 'y', bindings: [{ ...binding, to: { kind: 'User', name: '' } }] }),
    '"" is no name of a user',
  ],
];
for (const [title, spec, message] of rules) {
  test(`${title} is refused`, refused, [spec], `y: component third: ${message}`);
}

test('what somebody else made has the life that it has, and kubeadm counts a life from now', (t) => {
  const given = { y: { key: true } };
  const bad = authority({ name: 'y', commonName: 'y', serves: ['y'], validity: 1 });
  refused(t, [bad], 'y: component third: its life of 1 s is over when it begins, 300 s before it is made');
  const other = server({ ...x, name: 'z', node: 'gone' });
  const said = 'z@gone: component third: the cluster has no node gone';
  refused(t, [bad, other], said, { given });
  refused(t, [bad, other], said, { profile: 'kubeadm' });
});
