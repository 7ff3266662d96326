// Run in an empty project in which the packages were installed: imports each by its name, and makes a PKI.
import assert from 'node:assert/strict';
import { webcrypto, X509Certificate } from 'node:crypto';

const names = process.argv.slice(2);
const imported = [];
for (const name of names) {
  const module = await import(name);
  if (Object.keys(module).length > 0) imported.push(name);
}

const core = await import('@kubepki/core');
const { assemble, clusterFileSchema, readClusterFile } = await import('@kubepki/presets');
assert.throws(() => readClusterFile('nodes: 1', { schema: clusterFileSchema }), core.PkiError);

const text =
  'nodes: [{name: cp-1, roles: [control-plane], addresses: [10.0.0.11]}, {name: w-1, roles: [worker], addresses: [10.0.0.21]}]';
const { file, facts } = readClusterFile(text, { schema: clusterFileSchema });
const { plan, emitters, layout } = assemble(file, facts);
const tree = core.memoryTree();
const certificates = new Map();
for await (const outcome of core.generate({ plan, emitters, layout, tree })) {
  if (outcome.certificate) certificates.set(outcome.spec.id, new X509Certificate(outcome.certificate.der));
}
const server = certificates.get('apiserver@cp-1');
assert.ok([...certificates.values()].some((one) => server.checkIssued(one) && server.verify(one.publicKey)));
assert.ok(webcrypto);
console.log(JSON.stringify({ node: process.versions.node, imported, files: tree.files.size }));
