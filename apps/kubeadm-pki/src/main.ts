#!/usr/bin/env node
// An app is a cluster, the preset that says what it needs and where that goes, and a folder.
import { existingTree, generate, openOutput, PkiError, stagedTree, survey } from '@kubepki/core';
import { assemble, clusterFileSchema, readClusterFile } from '@kubepki/presets';

const [name, address, folder = 'pki', ...stray] = process.argv.slice(2);
if (name === undefined || address === undefined || stray.length > 0) {
  console.error('usage: kubeadm-pki NODE ADDRESS [FOLDER]');
  process.exit(64);
}
try {
  const text = JSON.stringify({ profile: 'kubeadm', nodes: [{ name, addresses: [address] }] });
  const { file, facts } = readClusterFile(text, { fileName: 'the arguments', schema: clusterFileSchema });
  const { plan, emitters, layout } = assemble(file, facts);
  const output = openOutput({ folder, write: true });
  const existing = existingTree({ output, emitters });
  const { idle } = await survey({ plan, emitters, layout, existing, output, now: new Date() });
  const tree = stagedTree(output, { cluster: plan.cluster.name, folderMode: layout.folderMode });
  const credentials = idle ? [] : generate({ plan, emitters, layout, existing, tree });
  for await (const { spec, made } of credentials) console.log(made ? 'made' : 'kept', spec.id);
  console.log(`${folder}/current/nodes/${name} is the node's /`);
} catch (error) {
  if (!(error instanceof PkiError)) throw error;
  console.error([`error: ${error.message}`, error.hint].filter(Boolean).join('\nhint: '));
  process.exitCode = { usage: 64, input: 65, system: 74, busy: 75 }[error.fault];
}
