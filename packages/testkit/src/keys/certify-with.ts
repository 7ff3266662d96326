import assert from 'node:assert/strict';
import { createPublicKey, randomBytes } from 'node:crypto';
import {
  type Component,
  issuedBy,
  localIssuer,
  type Plan,
  type Signer,
  type Spec,
  selfSigned,
  softwareSigner,
  template,
} from '@kubepki/core';
import { testCluster } from '../clusters.ts';
import { fixtureKeys } from '../fixture-keys.ts';
import { testPlan } from '../memory-pki.ts';
import { sample } from '../sample.ts';

/** Has a signer certify a leaf, as an authority that another one certified. */
export async function certifyWith(signer: Signer): Promise<void> {
  const plan = testPlan(testCluster(), { components: [sample as Component] });
  const source = fixtureKeys();
  const algorithm = 'ecdsa-p256';
  const rest = { now: new Date(), random: (count: number) => new Uint8Array(randomBytes(count)) };
  const rootKey = await source.make({ id: 'sample/root', algorithm });
  const root = await selfSigned({ template: templateOf(plan, 'sample/root'), key: rootKey, ...rest });
  const top = localIssuer({ certificate: root.certificate, signer: softwareSigner(rootKey) });
  const publicKey = createPublicKey({ key: Buffer.from(signer.publicKey), format: 'der', type: 'spki' });
  const { certificate } = await top.issue({ template: templateOf(plan, 'sample/ca'), key: { publicKey }, ...rest });
  const key = await source.make({ id: 'sample/client', algorithm });
  const request = { template: templateOf(plan, 'sample/client'), key, ...rest };
  const leaf = await localIssuer({ certificate, signer }).issue(request);
  assert.ok(issuedBy(leaf.certificate, certificate), 'the certificate does not verify');
}

function templateOf(plan: Plan, id: string) {
  const spec: Spec | undefined = plan.specs.find((each) => each.id === id);
  assert.ok(spec?.kind === 'authority' || spec?.kind === 'leaf');
  return template(spec, plan);
}
