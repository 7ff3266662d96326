import { setImmediate } from 'node:timers/promises';
import { PkiError } from '../error.ts';
import { onward, outcome, type Settled, settled } from '../stream.ts';
import type { Certificate, Encode, Signer, Template, Values } from './certificate.ts';
import { encodeKnown } from './fast/encode.ts';
import { isKnown } from './fast/known.ts';
import type { Facts } from './lint/facts.ts';
import { lintAndRead } from './lint/lint.ts';
import type { Finding } from './lint/rule.ts';
import { madeAround } from './made.ts';
import { isSoftware, signAtOnce } from './signer.ts';
import { signatureIsBy } from './verify.ts';
import { assemble } from './x509/assemble.ts';
import { whole } from './x509/der.ts';
import { parseCertificate } from './x509/parse.ts';
import { partsOf } from './x509/structure.ts';

const proven = new WeakSet<Signer>();

/**
 * Has a certificate signed. The only caller of a signer: what is to hold for every certificate is checked here, on
 * the bytes, before the signer sees them. Afterwards the certificate must hold the bytes that were checked, and the
 * signature is verified, but of a software signer only the first one, since that takes longer than making it.
 * @throws PkiError LINT_FAILED where the bytes break a rule that the template does not waive; nothing is signed then
 * @throws PkiError SIGNER_FAILED where the certificate is not the one that was to be signed, or its signature not good
 */
export async function certify(request: CertifyRequest): Promise<Certificate> {
  const { signer } = request;
  const checked = check(request, await encoderOf(request));
  const { tbs } = checked;
  return complete(checked, await signer.sign(isSoftware(signer) ? tbs : tbs.slice()));
}

/**
 * The same for many, each of which may fail alone. Where their signers need not be waited for they are checked, signed
 * and completed in three rows: OpenSSL then takes two thirds of the time that it takes between other work, whose code
 * and data push its own out of the processor's caches.
 */
export async function certifyAll(
  requests: readonly Settled<CertifyRequest>[],
): Promise<readonly Settled<Certificate>[]> {
  // Whoever waits for the event loop has a turn between two rows.
  await setImmediate();
  if (!requests.every((one) => 'error' in one || signAtOnce(one.value.signer))) {
    return Promise.all(requests.map((one) => settled(certifyOne(one))));
  }
  const encoders: Encode[] = [];
  for (const one of requests) {
    const encoder = 'error' in one ? encodeKnown : encoderOf(one.value);
    encoders.push(encoder instanceof Promise ? await encoder : encoder);
  }
  const checked = onward(requests, (request, index) => check(request, encoders[index] ?? encodeKnown));
  const signed = onward(checked, (one) => ({ one, signature: signAtOnce(one.request.signer)?.(one.tbs) }));
  return onward(signed, ({ one, signature }) => complete(one, signature));
}

async function certifyOne(one: Settled<CertifyRequest>): Promise<Certificate> {
  return certify(outcome(one));
}

/** Bytes that may be signed, and what lint read in them. */
type Checked = { readonly request: CertifyRequest; readonly tbs: Uint8Array; readonly facts: Facts | undefined };

/** @throws PkiError LINT_FAILED */
function check(request: CertifyRequest, encode: Encode): Checked {
  const { template, values, signer, issuer = 'self', name = nameOf(template) } = request;
  const all = { ...values, signer: signer.algorithm };
  const encoded = naming(name, () => encode(template, all));
  // Nobody else can change what is signed while the signer is at work: others are given copies, or give them.
  const tbs = request.encode === undefined ? encoded : new Uint8Array(encoded);
  const { uses, waives = [] } = template;
  const { findings, facts } = lintAndRead(tbs, { template, values: all, issuer, uses, waives });
  refuseBad(findings, name);
  return { request, tbs, facts };
}

/** @throws PkiError SIGNER_FAILED */
function complete({ request, tbs, facts }: Checked, signature: unknown): Certificate {
  const { template, values, signer, name = nameOf(template) } = request;
  const der = assemble(tbs, signatureIn(signature, name), signer.algorithm);
  const certificate = madeAround({ tbs, facts }, der) ?? parseCertificate(der, name);
  if (
    Buffer.compare(whole(der, partsOf(der).tbs), tbs) !== 0 ||
    Buffer.compare(certificate.publicKey, values.publicKey) !== 0
  ) {
    throw failed(name, 'is not the one that was to be signed');
  }
  if (!isSoftware(signer) || !proven.has(signer)) {
    if (!signatureIsBy(certificate, signer.publicKey)) throw failed(name, "does not verify with the signer's key");
    proven.add(signer);
  }
  return certificate;
}

/** What is to be signed, and by whom. */
export type CertifyRequest = {
  readonly template: Template;
  readonly values: Omit<Values, 'signer'>;
  readonly signer: Signer;
  /** The authority's certificate; missing for a certificate that signs itself. */
  readonly issuer?: Certificate;
  /** What an error calls it: an id, or else the common name. */
  readonly name?: string | undefined;
  /** Writes the bytes to be signed; where it is missing fast/ does, and pkijs what is not known there. */
  readonly encode?: Encode | undefined;
};

function refuseBad(findings: readonly Finding[], name: string): void {
  const problems = findings
    .filter(({ severity, waived }) => severity === 'error' && !waived)
    .map(({ rule, detail, remedy }) => ({ where: name, message: `${rule}: ${detail}`, hint: remedy }));
  const [first, second] = problems;
  if (first === undefined) return;
  const message = second === undefined ? first.message : `what is to be signed breaks ${problems.length} rules`;
  const hint = second === undefined ? first.hint : undefined;
  throw new PkiError('LINT_FAILED', `${name}: ${message}`, { problems, hint });
}

/** What an encoder refuses is told by whose certificate it was to be. */
function naming<T>(name: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof PkiError)) throw error;
    const { code, message, ...details } = error;
    throw new PkiError(code, `${name}: ${message}`, details);
  }
}

/** No signature of today has more bytes than these. */
const longestSignature = 16 * 1024;

function signatureIn(signature: unknown, name: string): Uint8Array {
  if (signature instanceof Uint8Array && signature.length <= longestSignature) return signature;
  throw failed(name, 'has no signature: the signer gave none');
}

/** Loading pkijs takes 70 ms, which a run is spared whose certificates are all known to the fast path. */
function encoderOf({ encode, template, values }: CertifyRequest): Encode | Promise<Encode> {
  if (encode !== undefined) return encode;
  return isKnown(template, values) ? encodeKnown : loadPlain();
}

async function loadPlain(): Promise<Encode> {
  return (await import('./x509/encode.ts')).encodeTbs;
}

function failed(name: string, problem: string): PkiError {
  return new PkiError('SIGNER_FAILED', `${name}: the signed certificate ${problem}`, {
    fault: 'system',
    hint: 'the signer is broken, or its public key is of another key; an ECDSA signature must be in DER',
  });
}

function nameOf({ subject }: Template): string {
  return subject.find(({ type }) => type === 'CN')?.value ?? 'a certificate';
}
