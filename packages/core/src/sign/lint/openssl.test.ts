import test from 'ava';
import { keys, openssl, type Wanted } from '../../testing/openssl.ts';
import { lintCertificate } from './index.ts';

const maker = openssl();
test.after.always(() => maker.end());

const authority = [
  'basicConstraints=critical,CA:TRUE,pathlen:1',
  'keyUsage=critical,keyCertSign,cRLSign',
  'subjectKeyIdentifier=hash',
].join('\n');
const ids = 'subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid:always';
const leaf = (usages: string, ...more: readonly string[]) =>
  ['basicConstraints=CA:FALSE', 'keyUsage=critical,digitalSignature', `extendedKeyUsage=${usages}`, ids, ...more].join(
    '\n',
  );
const server = (...more: readonly string[]) => leaf('serverAuth', 'subjectAltName=DNS:a.example,IP:10.0.0.1', ...more);
const limits = authority.replace('pathlen:1', 'pathlen:0');
// Until 2060, as an authority of some decades.
const root = maker.make('root', { subject: '/CN=root', extensions: authority, days: 12_500 });

/** Who signs, and the rules that are broken, rightly. */
type Case = Wanted & { readonly breaks?: readonly string[] };
const below = { by: 'root' } as const;

const cases: Readonly<Record<string, Case>> = {
  'an authority': { extensions: authority },
  ...Object.fromEntries(
    (['p384', 'p521', 'ed25519', 'rsa2048'] as const).flatMap((kind) => [
      [`an authority with a key ${kind}`, { extensions: authority, key: keys[kind] }],
      [`a server with a key ${kind}`, { ...below, extensions: server(), key: keys[kind] }],
    ]),
  ),
  'an authority until 2060': { extensions: authority, days: 12_600 },
  'a server until 2058': { ...below, extensions: server(), days: 11_800 },
  'an authority without a path length': {
    extensions: authority.replace(',pathlen:1', ''),
    breaks: ['path-length'],
  },
  'an authority as `req -x509` makes it by itself': {
    extensions:
      'subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid:always,issuer\nbasicConstraints=critical,CA:true',
    breaks: ['authority-signs', 'authority-signs-lists', 'key-usage', 'path-length'],
  },
  'an authority below another': { ...below, extensions: `${limits}\nauthorityKeyIdentifier=keyid` },
  'an authority with constraints on names': {
    ...below,
    extensions: [
      limits,
      'authorityKeyIdentifier=keyid',
      'nameConstraints=critical,@names',
      '[names]\npermitted;DNS=example\npermitted;DNS.1=.b.example\npermitted;IP=10.0.0.0/255.0.0.0',
      'permitted;IP.1=fd00::/ff00::\nexcluded;email=b.example\nexcluded;URI=.example\npermitted;dirName=dir',
      '[dir]\nO=a',
    ].join('\n'),
  },
  'an authority with policies and their constraints': {
    ...below,
    extensions: [
      limits,
      'authorityKeyIdentifier=keyid',
      'certificatePolicies=1.2.3.4,@policy',
      'policyConstraints=critical,requireExplicitPolicy:0,inhibitPolicyMapping:3',
      'policyMappings=critical,1.2.3.4:1.2.3.5',
      'inhibitAnyPolicy=critical,2',
      '[policy]\npolicyIdentifier=1.2.3.6\nCPS.1=https://a.example/cps\nuserNotice.1=@notice',
      '[notice]\nexplicitText=UTF8:read this\norganization=a\nnoticeNumbers=1,2',
    ].join('\n'),
  },
  'a server': { ...below, extensions: server() },
  'a client of a group': { ...below, subject: '/O=developers/CN=jane', extensions: leaf('clientAuth') },
  'a node': { ...below, subject: '/O=system:nodes/CN=system:node:cp-1', extensions: leaf('clientAuth') },
  'a server of etcd': {
    ...below,
    subject: '/CN=kube-etcd',
    extensions: leaf('serverAuth,clientAuth', 'subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1'),
  },
  'a server of etcd that is no client': {
    ...below,
    subject: '/CN=kube-etcd',
    extensions: server(),
    breaks: ['etcd-usages'],
  },
  'a server of many attributes': {
    ...below,
    subject: '/C=DE/ST=Bayern/L=München/DC=example/DC=a/O=Ü GmbH/OU=x/serialNumber=1/emailAddress=a@b.example/CN=a',
    extensions: server(),
  },
  'a server of attributes in one set': {
    ...below,
    subject: '/O=b+O=a+OU=c/CN=a',
    extensions: server(),
    more: ['-multivalue-rdn'],
  },
  'a server without a subject': {
    ...below,
    subject: '/',
    extensions: leaf('serverAuth', 'subjectAltName=critical,DNS:*.a.example'),
  },
  'a server that tells where its authority is': {
    ...below,
    extensions: server(
      'authorityInfoAccess=OCSP;URI:http://a.example/,caIssuers;URI:http://a.example/ca',
      'crlDistributionPoints=URI:http://a.example/crl',
      'issuerAltName=DNS:ca.example,URI:https://ca.example/',
      'certificatePolicies=2.5.29.32.0',
      'tlsfeature=status_request',
      'nsComment=a comment',
      'nsCertType=server',
    ),
  },
  'a server with names of all kinds': {
    ...below,
    extensions: leaf(
      'serverAuth',
      'subjectAltName=DNS:a.example,email:a@b.example,URI:spiffe://a/b,RID:1.2.3,dirName:dir,otherName:1.2.3;UTF8:x',
      '[dir]\nO=a',
    ),
    breaks: ['san-kind'],
  },
  'a leaf that names its issuer in all ways': {
    ...below,
    extensions: server().replace('keyid:always', 'keyid:always,issuer:always'),
    breaks: ['authority-key-id-form'],
  },
  'a server by RSA-PSS': {
    extensions: authority,
    key: keys.rsa2048,
    more: ['-sigopt', 'rsa_padding_mode:pss'],
    breaks: ['signature-algorithm'],
  },
  'a signature over SHA-1': { extensions: authority, more: ['-sha1'], breaks: ['signature-algorithm'] },
  'a signature over SHA-512': { extensions: authority, more: ['-sha512'] },
  'a key of RSA with 1024 bits': { ...below, extensions: server(), key: keys.rsa1024, breaks: ['key-kind'] },
  'a key of Bitcoin': { ...below, extensions: server(), key: keys.secp256k1, breaks: ['key-kind'] },
  'the serial number 1': { extensions: authority, more: ['-set_serial', '1'], breaks: ['serial-random'] },
  'a server that outlives its authority': {
    ...below,
    extensions: server(),
    days: 12_600,
    breaks: ['life-issuer'],
  },
  'a leaf as `x509 -req` makes it without extensions': {
    ...below,
    extensions: ids,
    breaks: ['key-usage', 'leaf-usages'],
  },
};

for (const [what, { breaks = [], ...wanted }] of Object.entries(cases)) {
  const says = breaks.length === 0 ? 'nothing is found' : `${breaks.join(' and ')} alone is found`;
  test(`In ${what} of OpenSSL ${says}`, (t) => {
    const { der } = maker.make(what.replaceAll(/\W/g, '-'), wanted);
    const findings = lintCertificate(der, { issuer: wanted.by === undefined ? 'self' : root });
    t.deepEqual(findings.map(({ rule }) => rule).sort(), [...breaks].sort(), JSON.stringify(findings));
  });
}
