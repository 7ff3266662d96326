import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { type ContentFile, keyFromPrivatePem, parseCertificates, publicPem } from '@kubepki/core';
import { during } from '../suite/explain.ts';
import type { Case } from './writing.ts';

/**
 * Checks that an emitter gives back what a file holds. A later run knows the file by its manifest, which has all but
 * the content.
 */
export function checkReadBack(file: ContentFile, text: string, { where, emitter, get }: Omit<Case, 'again'>): void {
  const { content: _, ...known } = file;
  if (file.holds.length === 0) return;
  assert.ok(emitter.read, `${where}: it has no read, and ${file.path} holds what a later run must find`);
  const back = during(
    `${where}: ${file.path} cannot be read`,
    () => emitter.read?.(text, structuredClone(known)) ?? [],
  );
  const count = `${back.length} of ${file.holds.length} things`;
  assert.ok(back.length === file.holds.length, `${where}: from ${file.path} it gives back ${count}`);
  for (const [index, holding] of file.holds.entries()) {
    const what = `the ${holding.part} of ${holding.id}`;
    const read = during(`${where}: ${what} in ${file.path} cannot be read back`, () => {
      return meaning[holding.part](back[index] ?? '');
    });
    const same = read === meaning[holding.part](get(holding));
    assert.ok(same, `${where}: from ${file.path} it gives back something else for ${what}`);
  }
}

/** What a PEM text means, so that its form is free. */
const meaning = {
  certificate: (pem: string) =>
    parseCertificates(pem, 'a certificate')
      .map(({ fingerprint }) => fingerprint)
      .join(),
  key: (pem: string) => publicPem(keyFromPrivatePem(pem, 'a key').publicKey),
  public: (pem: string) => publicPem(createPublicKey(pem)),
};
