// A program of its own, so that each run begins with cold code: makes kubelet serving certificates in memory, keys and
// PEM included, and prints what that took beside what it cannot do without. One thread; only computed time counts.
import { createECDH, generateKeyPairSync, sign as signWith } from 'node:crypto';
import {
  type Certificate,
  type Credential,
  certificatePem,
  generate,
  type LeafSpec,
  lintTbs,
  memoryTree,
  type Plan,
  template,
} from '@kubepki/core';
import { computed } from './computed.ts';
import { pairs, servingPlan } from './serving-plan.ts';

/** Seconds, each for as many certificates. */
export type Measured = {
  /** Of a process that has just begun, and of one that has made as many before. */
  readonly first: number;
  readonly next: number;
  /** A raw key and a raw signature each. */
  readonly floor: number;
  readonly lint: number;
  readonly signature: number;
};

const rounds = 10;
const count = Number(process.argv[2]);
const plan = servingPlan(count);

/** Makes all, and keeps as little of them as the loop in Go does. */
async function make(): Promise<void> {
  let characters = 0;
  for await (const { certificate, key } of generate({ plan, emitters: [], layout: pairs, tree: memoryTree() })) {
    characters += certificatePem((certificate as Certificate).der).length + (key?.secret?.reveal().length ?? 0);
  }
  if (characters < 500 * count) throw new Error(`${characters} characters of PEM`);
}

/** Some of the same, to be judged again and again. */
async function sample(): Promise<readonly Credential[]> {
  const some: Plan = { ...plan, specs: plan.specs.slice(0, count / rounds) };
  const made: Credential[] = [];
  for await (const credential of generate({ plan: some, emitters: [], layout: pairs, tree: memoryTree() }))
    made.push(credential);
  return made;
}

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const bytes = new Uint8Array(400);

function floor(): void {
  const maker = createECDH('prime256v1');
  for (let made = 0; made < count; made++) {
    maker.generateKeys();
    signWith('sha256', bytes, privateKey);
  }
}

/** Lint as `sign` has it done: of the bytes to be signed, beside what they were to hold. */
function lint(made: readonly Credential[]): () => void {
  const issuer = made.find(({ spec }) => spec.name === 'ca')?.certificate;
  const leaves = made
    .filter(({ spec }) => spec.kind === 'leaf')
    .map(({ spec, certificate }) => {
      const { der, serial, notBefore, notAfter, publicKey } = certificate as Certificate;
      const its = template(spec as LeafSpec, plan);
      // Both headers have four bytes, as those of all elements from 256 bytes on.
      const tbs = der.slice(4, 8 + Buffer.from(der).readUInt16BE(6));
      const number = Buffer.from(serial.padStart(serial.length + (serial.length % 2), '0'), 'hex');
      const values = { serial: number, notBefore, notAfter, publicKey, signer: 'ecdsa-p256' } as const;
      return { tbs, context: { template: its, values, issuer, uses: its.uses, waives: its.waives ?? [] } };
    });
  return () => {
    for (let round = 0; round < rounds; round++) {
      for (const { tbs, context } of leaves) {
        if (lintTbs(tbs, context).length > 0) throw new Error('lint finds something');
      }
    }
  };
}

function signatures(): void {
  for (let made = 0; made < count; made++) signWith('sha256', bytes, privateKey);
}

const first = await computed(make);
const next = await computed(make);
const judge = lint(await sample());
judge();
const measured: Measured = {
  first,
  next,
  floor: await computed(floor),
  lint: await computed(judge),
  signature: await computed(signatures),
};
process.stdout.write(JSON.stringify(measured));
