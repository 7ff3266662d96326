// Lives as they stand in a certificate's bytes. What `instants` decides in single cases is in its own tests.
import test from 'ava';
import fc from 'fast-check';
import { PkiError } from '../error.ts';
import { itemsOf, type Tree, treeOf } from '../testing/der-tree.ts';
import { authorityTemplate, leafTemplate, values } from '../testing/good-tbs.ts';
import { type RandomLife, randomLife } from '../testing/random-lives.ts';
import type { Certificate, Life, Template } from './certificate.ts';
import { instants, lintCertificate, parseCertificate, type Span } from './index.ts';
import { assemble } from './x509/assemble.ts';
import { encodeTbs } from './x509/encode.ts';

const parameters = { numRuns: 5_000, seed: 20_490_101 };
const { publicKey } = values();
const strict = { from: 'backdate', counts: 'life', cut: true } as const;
const kubeadm = { from: 'backdate', counts: 'fromNow', cut: false } as const;

/** A certificate in real bytes, read again. Its signature is of no worth. */
function written(template: Template, span: Span, issuer?: Certificate): Certificate {
  const above = issuer && { issuer: { subject: issuer.subject, keyId: issuer.subjectKeyId } };
  const tbs = encodeTbs(template, { ...values('ecdsa-p256', publicKey), ...span, ...above });
  return parseCertificate(assemble(tbs, new Uint8Array(70), 'ecdsa-p256'), 'a life');
}

/** Tag and text of both instants, from a certificate's bytes alone. */
function timesIn({ der }: Certificate): readonly string[] {
  const fields = itemsOf(itemsOf(treeOf(der))[0] as Tree);
  return itemsOf(fields[4] as Tree).map(({ tag, content }) => `${tag} ${Buffer.from(content as Uint8Array)}`);
}

/** RFC 5280 4.1.2.5: UTCTime (23) through 2049, GeneralizedTime (24) from 2050 on, both without parts of a second. */
function timeOf(instant: number): string {
  const digits = new Date(instant).toISOString().replace(/\D/g, '').slice(0, 14);
  return Number(digits.slice(0, 4)) < 2050 ? `23 ${digits.slice(2)}Z` : `24 ${digits}Z`;
}

/** What becomes of a life; a refusal by its code. */
function decided(life: Life, now: number, issuer?: Span): (Span & { readonly cut: boolean }) | string {
  try {
    return instants(life, { now: new Date(now), issuer });
  } catch (error) {
    if (error instanceof PkiError) return error.code;
    throw error;
  }
}

const counts = { asked: 0, cut: 0, AUTHORITY_EXPIRED: 0, LIFE_TOO_SHORT: 0, UTCTime: 0, GeneralizedTime: 0 };

/** Says what is wrong with what became of a random life; nothing where all is well. */
function wrong(its: RandomLife): string | undefined {
  const { backdate } = its;
  const above = decided({ ...strict, validity: its.authority, backdate }, its.made);
  if (typeof above === 'string') {
    if (above !== 'LIFE_TOO_SHORT' || its.authority > backdate) return `the authority: ${above}`;
    counts.LIFE_TOO_SHORT += 1;
    return undefined;
  }
  const issuer = written(authorityTemplate, above);
  const second = Math.floor(its.now / 1000) * 1000;
  const usable = issuer.notBefore.getTime() <= second && second <= issuer.notAfter.getTime();
  const life: Life = { ...(its.kubeadm ? kubeadm : strict), validity: its.leaf, backdate };
  const span = decided(life, its.now, issuer);
  if (typeof span === 'string') {
    const right = span === 'AUTHORITY_EXPIRED' ? !usable : usable && !its.kubeadm && its.leaf <= backdate;
    counts[span as 'LIFE_TOO_SHORT'] += 1;
    return right ? undefined : `it is refused: ${span}`;
  }
  if (!usable) return 'an authority that is over, or has not begun, signed';
  return wrongSpan(span, { life, second, issuer }) ?? wrongBytes(span, { life, issuer });
}

function wrongSpan(
  { notBefore, notAfter, cut }: Span & { readonly cut: boolean },
  { life, second, issuer }: { readonly life: Life; readonly second: number; readonly issuer: Span },
): string | undefined {
  const [first, last] = [notBefore.getTime(), notAfter.getTime()];
  if (first % 1000 !== 0 || last % 1000 !== 0) return 'a part of a second is left';
  if (first > second || last < second) return 'it is not valid now';
  if (life.counts === 'fromNow') {
    const asked = first === second - life.backdate * 1000 && last === second + life.validity * 1000;
    return asked && !cut ? undefined : 'it is not as long as kubeadm has it';
  }
  if (first < issuer.notBefore.getTime() || last > issuer.notAfter.getTime()) return 'it is longer than its issuer';
  counts[cut ? 'cut' : 'asked'] += 1;
  const length = (last - first) / 1000 + 1;
  if (cut) return length < life.validity && last === issuer.notAfter.getTime() ? undefined : 'it is cut too short';
  return length === life.validity ? undefined : `it has ${length} seconds of ${life.validity}`;
}

function wrongBytes(span: Span, { life, issuer }: { readonly life: Life; readonly issuer: Certificate }) {
  const template = { ...leafTemplate, life };
  const certificate = written(template, span, issuer);
  const expected = [span.notBefore, span.notAfter].map((instant) => timeOf(instant.getTime()));
  const found = timesIn(certificate);
  for (const time of found) counts[time.startsWith('23') ? 'UTCTime' : 'GeneralizedTime'] += 1;
  if (found.join() !== expected.join()) return `${found} is written, and not ${expected}`;
  const read = [certificate.notBefore.getTime(), certificate.notAfter.getTime()];
  if (read[0] !== span.notBefore.getTime() || read[1] !== span.notAfter.getTime()) return 'it is read otherwise';
  const waives = life.cut ? [] : ['life-issuer', 'life-start'];
  const findings = lintCertificate(certificate.der, { issuer, template, waives }).filter(({ waived }) => !waived);
  return findings.length === 0 ? undefined : findings.map(({ rule, detail }) => `${rule}: ${detail}`).join();
}

test('of 5,000 random lives each is as asked or cut to its issuer, in whole seconds and in the form of its years', (t) => {
  t.timeout(120_000);
  fc.assert(
    fc.property(randomLife, (its) => {
      const found = wrong(its);
      if (found !== undefined) throw new Error(found);
    }),
    parameters,
  );
  t.log(counts);
  // Each kind of outcome is among them, so that none is held for good without being tried.
  t.true(
    Object.values(counts).every((count) => count > 100),
    JSON.stringify(counts),
  );
});
