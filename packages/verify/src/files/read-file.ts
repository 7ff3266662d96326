import type { Entry, Holding } from '@kubepki/core';
import { type Context, sha256 } from './context.ts';
import { type Held, heldOf, type Parse } from './held.ts';
import { type FileProblem, ofFile } from './problem.ts';
import { remedy } from './remedies.ts';

/** What was read back of a file. `read`: whether there was an emitter to do so. */
export type ReadBack = {
  readonly held: readonly Held[];
  readonly problems: readonly FileProblem[];
  readonly read: boolean;
};

/** Reads a file back by the emitter that wrote it, and compares what it holds with the manifest. */
export function readBack(
  text: string,
  { entry, context, parse }: { readonly entry: Entry; readonly context: Context; readonly parse: Parse },
): ReadBack {
  const reader = context.readers.get(entry.emitter);
  if (reader?.read === undefined) return { held: [], problems: [], read: entry.holds.length === 0 };
  const { path, mode, secret, holds } = entry;
  const check = isTrust(entry, context) ? 'trust' : 'content';
  const wrong = (message: string) => ofFile(path, { check, message, hint: remedy(entry, context) });
  let pems: readonly string[];
  try {
    pems = reader.read(text, { path, mode, secret, holds });
  } catch {
    // What it says may be of the text, which holds keys.
    return { held: [], read: true, problems: [wrong(`emitter ${entry.emitter} cannot read it back`)] };
  }
  if (pems.length !== holds.length) {
    const message = `it holds ${pems.length} certificates and keys, and is to hold ${holds.length}: ${listed(holds)}`;
    return { held: [], read: true, problems: [wrong(message)] };
  }
  const held: Held[] = [];
  const problems: FileProblem[] = [];
  for (const [index, holding] of holds.entries()) {
    const one = heldOf(pems[index] ?? '', { holding, file: path, parse });
    const other = typeof one === 'string' ? one : otherThan(one, { holding, context });
    if (other !== undefined) problems.push(wrong(other));
    if (typeof one === 'string') continue;
    const more = isMore(one, context);
    problems.push(...[more, otherEnd(one, holding)].filter((problem) => problem !== undefined));
    held.push(more !== undefined && one.part === 'certificate' ? { ...one, certificates: [one.certificates[0]] } : one);
  }
  return { held, problems, read: true };
}

/** Where an authority is to be, one certificate is, above all in the file that a process signs with. */
function isMore(held: Held, context: Context): FileProblem | undefined {
  if (held.part !== 'certificate' || context.specs.get(held.id)?.kind !== 'authority') return undefined;
  const { length } = held.certificates;
  if (length === 1) return undefined;
  const process = context.signing.get(held.file);
  const message = `it holds ${length} certificates, and is to hold that of ${held.id} alone`;
  const hint = 'leave the planned one in the file';
  return process === undefined
    ? ofFile(held.file, { check: 'trust', message, hint })
    : ofFile(held.file, {
        check: 'signing',
        message: `${message}: ${process} signs with it, and takes exactly one`,
        hint,
      });
}

/** Whether a file holds authorities' certificates and nothing else. */
export function isTrust({ holds }: Entry, { specs }: Pick<Context, 'specs'>): boolean {
  return (
    holds.length > 0 && holds.every(({ id, part }) => part === 'certificate' && specs.get(id)?.kind === 'authority')
  );
}

/** What a holding is in place of what the manifest says; undefined: just that. */
function otherThan(
  held: Held,
  { holding, context }: { readonly holding: Entry['holds'][number]; readonly context: Context },
): string | undefined {
  const fingerprint = held.part === 'certificate' ? held.certificates[0].fingerprint : sha256(held.spki);
  const what = words[held.part];
  if (fingerprint !== holding.fingerprint) {
    const owner = context.owners.get(`${held.part} ${fingerprint}`);
    return owner === undefined || owner === held.id
      ? `it holds another ${what} than was written for ${held.id}`
      : `it holds the ${what} of ${owner}, and is to hold that of ${held.id}`;
  }
  return undefined;
}

/** The manifest says of a certificate when it ends, for those who do not read it. */
function otherEnd(held: Held, holding: Entry['holds'][number]): FileProblem | undefined {
  if (held.part !== 'certificate') return undefined;
  const [{ serial, notAfter, fingerprint }] = held.certificates;
  if (fingerprint !== holding.fingerprint) return undefined;
  if (holding.serial === serial && holding.notAfter === notAfter.toISOString()) return undefined;
  const message = `the manifest names another serial number or end for the certificate of ${held.id}`;
  return ofFile(held.file, { check: 'manifest', message, hint: 'the manifest was changed: restore it from a copy' });
}

const words = { certificate: 'certificate', key: 'private key', public: 'public key' } as const;

function listed(holds: readonly Holding[]): string {
  return holds.map(({ id, part }) => `the ${words[part]} of ${id}`).join(', ');
}
