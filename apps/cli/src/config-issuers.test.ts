import { renameSync } from 'node:fs';
import test from 'ava';
import { type Desk, one, two } from './testing/program.ts';
import { project } from './testing/project.ts';

/** Signs for the authority `ca` by a key that the program never sees, as an HSM would. */
const issuers = `
import { readFileSync } from 'node:fs';
import { keyFromPrivatePem, localIssuer, softwareSigner } from '@kubepki/core';

export default {
  issuers: async ({ spec, certificate }) => {
    if (spec.name !== 'ca') return undefined;
    const key = keyFromPrivatePem(readFileSync('hsm/ca.key', 'utf8'), 'the HSM');
    return localIssuer({ certificate, signer: softwareSigner(key) });
  },
};
`;

async function made(own: Desk): Promise<readonly string[]> {
  const { status, stdout, stderr } = await own.kubepki(['generate', '--json']);
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout).made.map(({ id }: { id: string }) => id);
}

const keyless = /^error: the key of ca is not at hand, and it must sign\n/;

test('Issuers sign for an authority whose key was taken out of the tree', async (t) => {
  const own = project(t);
  own.write('cluster.yaml', two);
  await own.kubepki(['generate', '--authority-keys', 'stick']);
  renameSync(own.path('stick'), own.path('hsm'));
  own.write('cluster.yaml', { ...two, users: [{ name: 'jane' }] });
  t.regex((await own.kubepki(['generate'])).stderr, keyless);
  own.write('kubepki.config.mjs', issuers);
  t.deepEqual(await made(own), ['user/jane']);
  t.deepEqual(await made(own), []);
  t.false(Object.keys(own.look('pki')).some((path) => path.endsWith('authorities/ca.key')));

  own.write('cluster.yaml', { ...two, certificates: { 'etcd/server': { sans: ['etcd.example.com'] } } });
  const before = Object.keys(own.look());
  const { status, stderr } = await own.kubepki(['generate']);
  t.is(status, 65);
  t.regex(stderr, /^error: the key of etcd\/ca is not at hand, and it must sign\n/);
  t.deepEqual(Object.keys(own.look()), before);
});

test('Issuers sign for an authority that somebody else made and whose key is not given', async (t) => {
  const own = project(t);
  own.write('cluster.yaml', one);
  await own.kubepki(['generate']);
  renameSync(own.path('pki/current/authorities'), own.path('hsm'));
  own.write('cluster.yaml', { ...one, authorities: { ca: { certificate: 'hsm/ca.crt' } } });
  const args = ['generate', '-o', 'other'];
  t.regex((await own.kubepki(args)).stderr, keyless);
  own.write('kubepki.config.mjs', issuers);
  const { status, stdout, stderr } = await own.kubepki(args);
  t.is(status, 0, stderr);
  t.regex(stdout, /17 credentials made, 1 kept, in other\/current/);
  t.is(own.read('other/current/authorities/ca.crt'), own.read('hsm/ca.crt'));
  t.regex((await own.kubepki(args)).stdout, /^nothing to do/);
});
