import type { Template } from '../../sign/certificate.ts';
import { tags } from '../../sign/x509/der.ts';
import { having, put, type TbsParts } from '../bad-tbs.ts';
import { element, hex, oid, sequence, text } from '../der-tree.ts';
import { authorityTemplate, leafTemplate, nodeTemplate, values } from '../good-tbs.ts';
import { type Row, row } from './row.ts';

const until = (instant: string) => (parts: TbsParts) => {
  parts.notAfter = text(tags.utcTime, instant);
};

export const life: readonly Row[] = [
  row('life-order', 'that ends before it begins', { change: until('260531235959Z') }),
  row('life-issuer', 'that ends after its issuer', { change: until('360101000000Z') }),
  row('life-start', 'that begins before its issuer', {
    change: having({ notBefore: text(tags.utcTime, '251231235959Z') }),
  }),
];

const named = (commonName: string, ...organizations: readonly string[]): Template['subject'] => [
  ...organizations.map((value) => ({ type: 'O', value }) as const),
  { type: 'CN', value: commonName },
];
const client = { ...nodeTemplate, subject: named('jane', 'developers') };
const server: Template = { ...leafTemplate, extendedKeyUsage: ['serverAuth'] };
const uid = (value: string) => (parts: TbsParts) => {
  const attribute = sequence(oid('2b06010401 83c253 02'), element(tags.utf8String, value));
  (parts.subject.content as unknown[]).push({ tag: tags.set, content: [attribute] });
};

export const kubernetes: readonly Row[] = [
  row('node-group', 'of a node in no group', { template: { ...nodeTemplate, subject: named('system:node:a') } }),
  row('node-group', 'of a node in two groups', {
    template: { ...nodeTemplate, subject: named('system:node:a', 'system:masters', 'system:nodes') },
    along: ['masters-life'],
  }),
  row('node-name', 'of a node in upper case', {
    template: { ...nodeTemplate, subject: named('system:node:CP-1', 'system:nodes') },
  }),
  row('node-name', 'of a node without a name', {
    template: { ...nodeTemplate, subject: named('system:node:', 'system:nodes') },
  }),
  row('node-client-names', 'of a node’s client with a name', {
    template: { ...nodeTemplate, sans: { dns: ['cp-1'], ips: [] } },
  }),
  row('client-name', 'of a client without a common name', {
    template: { ...client, subject: [{ type: 'O', value: 'developers' }] },
  }),
  row('client-name', 'of a client with two common names', {
    template: { ...client, subject: [...named('jane'), ...named('john')] },
  }),
  row('client-uid', 'with two identifiers of a user', {
    template: client,
    change: (parts) => {
      uid('1')(parts);
      uid('2')(parts);
    },
  }),
  row('client-uid', 'with an empty identifier of a user', {
    template: client,
    change: uid(''),
    along: ['name-length'],
  }),
  row('masters-life', 'of a master for a year', {
    template: { ...client, subject: named('root', 'system:masters') },
  }),
  row('etcd-usages', 'of a server of etcd that is no client', {
    template: server,
    context: { uses: ['etcd/server'] },
  }),
  row('etcd-usages', 'of kube-etcd that is no client', { template: { ...server, subject: named('kube-etcd') } }),
  row('front-proxy-apart', 'of an authority for clients and the front proxy', {
    template: authorityTemplate,
    context: { uses: ['cluster/client', 'front-proxy/client'] },
  }),
];

const planned = (what: string, template: Template, change: (parts: TbsParts) => void = () => {}): Row =>
  row('as-planned', what, { template: leafTemplate, context: { template }, change });
const { publicKey, ...others } = values();

export const plan: readonly Row[] = [
  planned('of another subject than was planned', { ...leafTemplate, subject: named('other') }),
  planned('that was to be an authority', { ...leafTemplate, authority: true }),
  planned('with more key usages than were planned', { ...leafTemplate, keyUsage: ['digitalSignature', 'cRLSign'] }),
  planned('with more usages than were planned', { ...leafTemplate, extendedKeyUsage: ['serverAuth'] }),
  planned('with other names than were planned', { ...leafTemplate, sans: { dns: ['a.example'], ips: [] } }),
  planned('with names in another order', {
    ...leafTemplate,
    sans: { dns: ['b.example', 'a.example'], ips: ['10.0.0.1', 'fd00::1'] },
  }),
  planned('with an identifier that was not planned', { ...leafTemplate, subjectKeyId: false }),
  planned('with an extension that was not planned', leafTemplate, (parts) =>
    put(parts, '2a03', element(tags.octetString, hex('00'))),
  ),
  row('as-planned', 'of another key than was planned', {
    context: { template: leafTemplate, values: { ...others, publicKey } },
  }),
];
