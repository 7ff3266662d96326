import { gzipSync } from 'node:zlib';
import { PkiError } from '@kubepki/core';
import test from 'ava';
import fc from 'fast-check';
import { packTar } from 'modern-tar';
import { adopt } from './adopt/adopt.ts';
import { clusterTextOf } from './describe/describe.ts';
import { kubeadmTextOf } from './describe/from-kubeadm.ts';
import { oldPlace } from './old/place.ts';
import { oldTar } from './old/tar.ts';
import { breakages, broken } from './testing/broken.ts';
import { made, memoryFiles, onNode } from './testing/old.ts';

const cluster =
  'profile: kubeadm\nkeys: ecdsa-p256\nnodes: [{name: cp-1, roles: [control-plane], addresses: [10.0.0.11]}]\n';
const runs = { numRuns: 40 };

/** What a library does about what somebody else made: it answers, or throws what a person can read. */
async function answers(run: () => unknown): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof PkiError)) throw error;
    const told = JSON.stringify([error.message, error.hint, error.problems]);
    if (/-----|[A-Za-z0-9+/]{48}/.test(told)) throw new Error(`it tells what a file holds: ${told}`);
  }
}

test('Whatever is wrong with old files, they are judged or refused, and nothing that they hold is told', async (t) => {
  const { plan, emitters } = (await made(cluster)).cluster;
  const texts = onNode(await made(cluster), 'cp-1');
  await fc.assert(
    fc.asyncProperty(breakages(texts), async (changes) => {
      const places = () => [oldPlace(memoryFiles('old', broken(texts, changes)), 'cp-1')];
      await answers(() => adopt({ plan, emitters, places: places(), now: new Date() }));
      await answers(() => clusterTextOf(places()));
    }),
    runs,
  );
  t.pass();
});

test('Whatever stands in a configuration of kubeadm, it is understood or refused', async (t) => {
  const value = fc.oneof(
    fc.jsonValue(),
    fc.string(),
    fc.constantFrom('v1.37.0', '10.0.0.1', 'a.example.com', 'fd00::/112'),
  );
  const map = (...names: string[]) => fc.dictionary(fc.constantFrom(...names), value);
  const document = fc.record({
    kind: fc.constantFrom('ClusterConfiguration', 'InitConfiguration', 'JoinConfiguration', 'ConfigMap', 'Other'),
    apiServer: map('certSANs', 'extraArgs'),
    networking: map('dnsDomain', 'serviceSubnet'),
    etcd: map('local', 'external'),
    nodeRegistration: map('name'),
    localAPIEndpoint: map('advertiseAddress', 'bindPort'),
    controlPlane: value,
    kubernetesVersion: value,
    controlPlaneEndpoint: value,
    data: map('ClusterConfiguration'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(document, { minLength: 1, maxLength: 3 }), async (documents) => {
      await answers(() => kubeadmTextOf(documents.map((one) => JSON.stringify(one)).join('\n---\n'), 'x.yaml'));
    }),
    runs,
  );
  t.pass();
});

test('Whatever an archive is, it is read or refused', async (t) => {
  const texts = onNode(await made(cluster), 'cp-1');
  const entries = Object.entries(texts).map(([name, body]) => ({
    header: { name, size: Buffer.byteLength(body), type: 'file' as const },
    body,
  }));
  const tar = await packTar(entries);
  const flips = fc.array(fc.tuple(fc.nat(tar.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(flips, fc.nat(tar.length), fc.boolean(), async (changes, length, zipped) => {
      const bytes = Uint8Array.from(tar).subarray(0, length);
      for (const [at, byte] of changes) if (at < length) bytes[at] = byte;
      const given = zipped ? gzipSync(bytes) : bytes;
      if (zipped) for (const [at, byte] of changes) given[at % given.length] = byte;
      await answers(async () => clusterTextOf([oldPlace(await oldTar('x.tar', given))]));
    }),
    runs,
  );
  t.pass();
});
