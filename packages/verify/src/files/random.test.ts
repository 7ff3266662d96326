// Random clusters within the cluster file's schema, from the file to the files of their trees.
import {
  authorityOf,
  type Credential,
  generate,
  lintCertificate,
  memoryTree,
  type Plan,
  template,
} from '@kubepki/core';
import { assemble, clusterFileSchema, readClusterValue } from '@kubepki/presets';
import { fixtureKeys } from '@kubepki/testkit';
import test from 'ava';
import fc from 'fast-check';
import { type RandomCluster, randomCluster } from '../connections/testing/random-cluster.ts';
import { verifyFiles } from './index.ts';

/** Other ones may be tried: KUBEPKI_SEED=1 npx ava src/files/random.test.ts */
const seed = Number(process.env.KUBEPKI_SEED ?? 20_260_601);
const source = fixtureKeys();
/** Mostly small ones, in which the choices differ as much as in large ones. */
const clusters = fc.oneof({ arbitrary: randomCluster(2), weight: 3 }, { arbitrary: randomCluster(6), weight: 1 });

type Made = {
  readonly plan: Plan;
  readonly credentials: ReadonlyMap<string, Credential>;
  readonly problems: readonly string[];
};

/** A cluster's PKI, made in memory, and what is wrong with its certificates and files. */
async function made(cluster: RandomCluster, now: Date): Promise<Made> {
  const { file, facts } = readClusterValue(cluster, { schema: clusterFileSchema });
  const { plan, emitters, layout } = assemble(file, facts);
  const tree = memoryTree();
  const credentials = new Map<string, Credential>();
  for await (const credential of generate({ plan, emitters, layout, tree, source, now }))
    credentials.set(credential.spec.id, credential);
  const view = tree.view?.(plan);
  if (view === undefined) throw new Error('a tree in memory cannot be read');
  const { problems } = await verifyFiles({ view, emitters, layout, exact: emitters, now });
  const told = problems.map(({ where, message }) => `${where}: ${message}`);
  return { plan, credentials, problems: [...told, ...lint({ plan, credentials })] };
}

/** What certificates break of the rules of lint that the profile does not waive; warnings too. */
function* lint({ plan, credentials }: Omit<Made, 'problems'>): Generator<string> {
  for (const { spec, certificate } of credentials.values()) {
    if (certificate === undefined || (spec.kind !== 'leaf' && spec.kind !== 'authority')) continue;
    const its = template(spec, plan);
    const above = authorityOf(plan, spec);
    const issuer = above === undefined ? 'self' : credentials.get(above.id)?.certificate;
    const findings = lintCertificate(certificate.der, {
      template: its,
      issuer,
      uses: its.uses,
      waives: its.waives ?? [],
    });
    for (const { rule, detail, waived } of findings) {
      if (waived || isChosen(rule, plan)) continue;
      yield `${spec.id}: ${rule}: ${detail}`;
    }
  }
}

/** Whether the cluster file itself asks for what a rule warns of. */
function isChosen(rule: string, { uses, cluster }: Plan): boolean {
  // Before 1.29 there is no other group for administrators, and nobody said how long they live.
  if (rule === 'masters-life') return cluster.version.minor < 29;
  const proxies = uses['front-proxy/client']?.trusts ?? [];
  return rule === 'front-proxy-apart' && proxies.some((name) => uses['cluster/client']?.trusts.includes(name));
}

test('300 random clusters are planned, signed and written without a finding that the profile does not waive', async (t) => {
  t.timeout(300_000);
  const counts = { clusters: 0, nodes: 0, credentials: 0 };
  const instant = fc.integer({ min: Date.UTC(2026), max: Date.UTC(2055) });
  await fc.assert(
    fc.asyncProperty(clusters, instant, async (cluster, now) => {
      const { problems, credentials } = await made(cluster, new Date(now));
      if (problems.length > 0) throw new Error(problems.slice(0, 5).join('\n'));
      counts.clusters += 1;
      counts.nodes += cluster.nodes.length;
      counts.credentials += credentials.size;
    }),
    { numRuns: 300, seed, includeErrorInReport: true },
  );
  t.log(counts);
  t.true(counts.credentials > 4_000);
});
