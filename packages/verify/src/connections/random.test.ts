// Random clusters within the cluster file's schema, from the file to the handshakes.
import test from 'ava';
import fc from 'fast-check';
import { made, summed } from './testing/pki.ts';
import { randomCluster } from './testing/random-cluster.ts';

/** Other ones may be tried: KUBEPKI_SEED=1 npx ava src/connections/random.test.ts */
const seed = Number(process.env.KUBEPKI_SEED ?? 20_260_601);

test('in 60 random clusters every connection is as planned', async (t) => {
  t.timeout(600_000); // a busy machine takes many times longer
  const all = { needed: 0, possible: 0, refused: 0, wrong: 0, untried: 0, elsewhere: 0 };
  await fc.assert(
    fc.asyncProperty(randomCluster(2), async (cluster) => {
      const { wrong, untried, counts } = await summed(await made(JSON.stringify(cluster)));
      if (wrong.length + untried.length > 0)
        throw new Error(JSON.stringify([...wrong, ...untried].slice(0, 5), null, 1));
      for (const key of Object.keys(all) as (keyof typeof all)[]) all[key] += counts[key];
    }),
    { numRuns: 60, seed, includeErrorInReport: true },
  );
  t.log(all);
  t.true(all.needed > 500 && all.refused > 500);
});
