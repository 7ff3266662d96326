import { PkiError, type Uses } from '@kubepki/core';
import test from 'ava';
import { refusal } from './_assembled.test.ts';
import { type Authorities, chooseAuthorities } from './index.ts';

const by = (name: string) => ({ signs: name, trusts: [name] });
const declared: Uses = {
  'cluster/client': by('ca'),
  'cluster/server': by('ca'),
  'kubelet/server': by('ca'),
  'etcd/client': by('etcd/ca'),
  'etcd/server': by('etcd/ca'),
  'etcd/peer': by('etcd/ca'),
  'front-proxy/client': by('front-proxy-ca'),
  sa: by('sa'),
};

/** Who signs under each use, where it is another than declared; and the files that are given. */
function means(authorities: Authorities) {
  const { table, given } = chooseAuthorities(authorities);
  const uses = table(declared);
  const changed = Object.entries(uses).filter(([use, { signs }]) => signs !== declared[use]?.signs);
  return { changed: Object.fromEntries(changed), given };
}

test('With separate each use keeps the authority that its component declares', (t) => {
  const { table, given } = chooseAuthorities('separate');
  t.is(table(declared), declared);
  t.deepEqual(given, {});
});

test('With single one authority stands behind every use but the tokens', (t) => {
  const { table, given } = chooseAuthorities('single');
  t.deepEqual(table(declared), {
    'cluster/client': by('ca'),
    'cluster/server': by('ca'),
    'kubelet/server': by('ca'),
    'etcd/client': by('ca'),
    'etcd/server': by('ca'),
    'etcd/peer': by('ca'),
    'front-proxy/client': by('ca'),
    sa: by('sa'),
  });
  t.deepEqual(given, {});
});

test('A use goes to another authority, and the others stay', (t) => {
  t.deepEqual(means({ 'etcd/peer': 'ca' }), { changed: { 'etcd/peer': by('ca') }, given: {} });
});

test('An authority goes to another with all its uses', (t) => {
  t.deepEqual(means({ 'etcd/ca': 'ca' }).changed, {
    'etcd/client': by('ca'),
    'etcd/server': by('ca'),
    'etcd/peer': by('ca'),
  });
});

test('A use goes before the authority that it would follow', (t) => {
  t.deepEqual(means({ 'etcd/ca': 'ca', 'etcd/peer': 'front-proxy-ca' }).changed, {
    'etcd/client': by('ca'),
    'etcd/server': by('ca'),
    'etcd/peer': by('front-proxy-ca'),
  });
});

test('One follows another to where that goes', (t) => {
  t.deepEqual(means({ 'front-proxy-ca': 'etcd/ca', 'etcd/ca': 'ca' }).changed, {
    'etcd/client': by('ca'),
    'etcd/server': by('ca'),
    'etcd/peer': by('ca'),
    'front-proxy/client': by('ca'),
  });
});

const files = { certificate: 'x.crt', key: 'x.key' };

test('Files for an authority are given under its own name', (t) => {
  t.deepEqual(means({ 'etcd/ca': files }), { changed: {}, given: { 'etcd/ca': files } });
});

test('Files for a use are an authority of their own', (t) => {
  t.deepEqual(means({ 'etcd/client': { certificate: 'x.crt' } }), {
    changed: { 'etcd/client': by('etcd/client-ca') },
    given: { 'etcd/client-ca': { certificate: 'x.crt' } },
  });
});

test('A use goes to another one whose files are given', (t) => {
  t.deepEqual(means({ 'kubelet/server': files, 'etcd/peer': 'kubelet/server' }), {
    changed: { 'kubelet/server': by('kubelet/server-ca'), 'etcd/peer': by('kubelet/server-ca') },
    given: { 'kubelet/server-ca': files },
  });
});

test('An authority goes to one whose files are given', (t) => {
  t.deepEqual(means({ ca: files, 'front-proxy-ca': 'ca' }), {
    changed: { 'front-proxy/client': by('ca') },
    given: { ca: files },
  });
});

const refuses = test.macro((t, authorities: Authorities, code: string, ...problems: string[]) => {
  t.deepEqual(
    refusal(t, code, () => chooseAuthorities(authorities).table(declared)),
    problems,
  );
});

test(
  'Every name that is unknown is an error',
  refuses,
  { 'etcd-ca': 'ca', 'etcd/peer': 'peer-ca', 'kubelet/server': 'cluster/client' },
  'AUTHORITY_UNKNOWN',
  'authorities.etcd-ca: this is neither an authority nor a use',
  'authorities.etcd/peer: peer-ca is no authority',
  'authorities.kubelet/server: cluster/client is no authority',
);
test(
  'No authority stands for the key of the tokens, nor that key for an authority',
  refuses,
  { sa: 'ca', 'etcd/ca': 'sa' },
  'AUTHORITY_UNKNOWN',
  'authorities.sa: this is neither an authority nor a use',
  'authorities.etcd/ca: sa is no authority',
);
test('An error says which names there are', (t) => {
  const run = () => chooseAuthorities({ 'etcd-ca': 'ca' }).table(declared);
  t.is(
    t.throws(run, { instanceOf: PkiError })?.hint,
    'the authorities are ca, etcd/ca, front-proxy-ca; the uses are cluster/client, cluster/server, kubelet/server, etcd/client, etcd/server, etcd/peer, front-proxy/client',
  );
});

test(
  'A circle is an error that shows it',
  refuses,
  { ca: 'etcd/ca', 'etcd/ca': 'front-proxy-ca', 'front-proxy-ca': 'ca' },
  'AUTHORITIES_CIRCLE',
  'authorities: these stand behind each other in a circle: ca -> etcd/ca -> front-proxy-ca -> ca',
);
test(
  'An authority that goes to itself is an error',
  refuses,
  { ca: 'ca' },
  'AUTHORITIES_CIRCLE',
  'authorities: these stand behind each other in a circle: ca -> ca',
);
