import type { AuthoritySpec, Certificate, KeyPairSpec, LeafSpec, Spec } from '@kubepki/core';
import { checkCertificate } from './check-certificate.ts';
import { checkChain } from './check-chain.ts';
import { bytesEqual, type Context } from './context.ts';
import type { Found } from './found.ts';
import { type FileProblem, ofId } from './problem.ts';
import { anew, never } from './remedies.ts';

type Look = { readonly context: Context; find(id: string): Found | undefined };

/**
 * What is wrong with a credential, by what its files hold. What no file holds is not judged: that a file is missing is
 * told of the file.
 * @throws PkiError where a certificate cannot be read to its end
 */
export function* checkCredential(spec: Spec, { context, find }: Look): Generator<FileProblem> {
  const found = find(spec.id);
  if (found === undefined || spec.kind === 'elsewhere') return;
  if (spec.kind === 'keypair') {
    yield* checkKeyPair(spec, found);
    return;
  }
  const { certificate, key } = found;
  if (certificate === undefined) return;
  if (key !== undefined && !bytesEqual(key.spki, certificate.publicKey)) {
    const message = `the key in ${key.file} does not belong to its certificate in ${found.prints.certificate?.file}`;
    yield ofId(spec.id, { check: 'key', message, hint: spec.kind === 'leaf' ? anew : never });
  }
  yield* checkTime(spec, { certificate, context });
  const chain = [...checkChain(spec, { found, context, find })];
  yield* chain;
  yield* checkCertificate(spec, { certificate, chained: chain.length === 0, context, find });
}

/** Whether a certificate has begun and is not over. */
export function isInTime({ notBefore, notAfter }: Certificate, now: Date): boolean {
  return now >= notBefore && now <= notAfter;
}

function* checkKeyPair({ id, keys }: KeyPairSpec, { key, publicKey }: Found): Generator<FileProblem> {
  if (key !== undefined && key.algorithm !== keys)
    yield ofId(id, { check: 'key', message: `its key is ${key.algorithm}, and ${keys} is planned`, hint: never });
  if (key === undefined || publicKey === undefined || bytesEqual(key.spki, publicKey.spki)) return;
  const message = `the public key in ${publicKey.file} does not belong to the private key in ${key.file}`;
  yield ofId(id, { check: 'key', message, hint: `what one signs the other refuses: ${never}` });
}

function* checkTime(
  { id, kind }: AuthoritySpec | LeafSpec,
  { certificate, context: { now, isKept } }: { readonly certificate: Certificate; readonly context: Context },
): Generator<FileProblem> {
  const { notBefore, notAfter } = certificate;
  if (isInTime(certificate, now) || isKept(id)) return;
  if (now < notBefore) {
    const message = `its certificate begins at ${notBefore.toISOString()}`;
    yield ofId(id, { check: 'time', message, hint: "check this machine's clock" });
    return;
  }
  const message = `its certificate ended at ${notAfter.toISOString()}`;
  const lost = 'nothing it signed is good any longer: generate a new tree in another folder';
  yield ofId(id, { check: 'time', message, hint: kind === 'leaf' ? anew : lost });
}
