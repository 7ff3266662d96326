import { readFile } from 'node:fs/promises';
import { admin } from '@kubepki/component-admin';
import { apiserver } from '@kubepki/component-apiserver';
import { clusterCa } from '@kubepki/component-cluster-ca';
import { controllerManager } from '@kubepki/component-controller-manager';
import { frontProxy } from '@kubepki/component-front-proxy';
import { kubelet } from '@kubepki/component-kubelet';
import { scheduler } from '@kubepki/component-scheduler';
import { serviceAccount } from '@kubepki/component-service-account';
import { existingTree, explain, generate, PkiError, survey } from '@kubepki/core';
import { assemble, clusterFileSchemaOf, emitters as own, readClusterFile } from '@kubepki/presets';
import { apiService, metricsServer } from 'kubepki-component-metrics-server';
import { house } from './house.ts';
import { flagFiles, nodeTars, readTars } from './node-files.ts';

const [folder = 'out', ...sans] = process.argv.slice(2);

/** The parts that our clusters have. What is called has its options here; the cluster file may set those of the others. */
const catalog = {
  components: [
    clusterCa,
    frontProxy,
    serviceAccount,
    apiserver({ sans, clients: { etcd: 'none' } }),
    controllerManager({ signsRequests: false }),
    scheduler,
    kubelet,
    admin({ superAdminValidity: '7d' }),
    metricsServer({ namespace: 'monitoring' }),
  ],
  emitters: [...own, apiService, flagFiles],
};

try {
  const schema = clusterFileSchemaOf(catalog);
  const { file, facts } = readClusterFile(await readFile('cluster.yaml', 'utf8'), { schema });
  const { plan, emitters, layout } = assemble(file, facts, { catalog, policies: [house] });
  const tree = nodeTars(folder);
  let done = 0;
  // Nothing runs unless it is read, so reading is all there is to progress.
  for await (const { spec } of generate({ plan, emitters, layout, tree }))
    console.error(`${++done}/${plan.specs.length} ${spec.id}`);
  const output = { ...tree.view(plan), read: await readTars(folder) };
  const { idle } = await survey({ plan, emitters, layout, output, existing: existingTree({ output, emitters }) });
  if (!idle) throw new PkiError('NOT_AS_PLANNED', `the tars in ${folder} do not hold what was planned`);
  console.log(`${folder}: ${done} credentials, read again from the tars and as planned`);
} catch (error) {
  const { text, exitCode } = explain(error);
  console.error(text);
  process.exitCode = exitCode;
}
