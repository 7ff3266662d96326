import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unpackTar } from 'modern-tar';

/** Reads the tars again, as a stranger: every certificate is signed by an authority among them, and has its key there. */
export async function check(folder: string): Promise<number> {
  const texts: string[] = [];
  for (const name of await readdir(folder)) {
    for (const { data } of await unpackTar(await readFile(join(folder, name)))) {
      const text = Buffer.from(data ?? []).toString();
      const embedded = text.matchAll(/-data"?: "?([A-Za-z0-9+/=]+)/g);
      texts.push(text, ...[...embedded].map(([, base64 = '']) => Buffer.from(base64, 'base64').toString()));
    }
  }
  const certificates = texts
    .filter((text) => text.includes('BEGIN CERTIFICATE'))
    .map((text) => new X509Certificate(text));
  const keys = texts.filter((text) => text.includes('PRIVATE KEY')).map((text) => createPrivateKey(text));
  const authorities = certificates.filter(({ ca }) => ca);
  for (const one of certificates) {
    const issuer = authorities.find((authority) => one.checkIssued(authority) && one.verify(authority.publicKey));
    assert.ok(issuer, `${one.subject} is signed by nobody here`);
    assert.ok(
      keys.some((key) => one.checkPrivateKey(key)),
      `${one.subject} has no key`,
    );
    assert.ok(Date.parse(one.validTo) <= Date.parse(issuer.validTo), `${one.subject} outlives its authority`);
  }
  return new Set(certificates.map(({ fingerprint256 }) => fingerprint256)).size;
}
