import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { plan, update } from './generator.ts';

const parent = mkdtempSync(join(tmpdir(), 'NAME-'));
after(() => rmSync(parent, { recursive: true }));

test('a first run makes all, each signed by an authority, and a second one nothing', async () => {
  const certificates: X509Certificate[] = [];
  const ids: string[] = [];
  for await (const { spec, certificate } of update(join(parent, 'pki'))) {
    ids.push(spec.id);
    if (certificate !== undefined) certificates.push(new X509Certificate(certificate.der));
  }
  assert.deepEqual(
    ids,
    plan.specs.map(({ id }) => id),
  );
  for (const one of certificates) {
    assert.ok(certificates.some(({ ca, publicKey }) => ca && one.verify(publicKey)));
  }
  for await (const { spec, made } of update(join(parent, 'pki'))) assert.ok(!made, spec.id);
});

test('no certificate but an authority’s lives over 90 days', () => {
  for (const spec of plan.specs) if (spec.kind === 'leaf') assert.ok(spec.validity <= 90 * 86_400, spec.id);
});
