import type { Emitter, Entry, Holding } from '../emit/file.ts';
import { sha256 } from '../emit/tree/read.ts';
import type { TreeView } from '../emit/tree/tree.ts';
import { PkiError } from '../error.ts';
import type { Key } from '../keys/key.ts';
import { lazyKey } from '../keys/lazy.ts';
import { keyFromPrivatePem } from '../keys/pem.ts';
import { keyFromPublicPem } from '../keys/public-pem.ts';
import type { Spec } from '../plan/spec.ts';
import { authorityOf, isPublicAlone } from '../plan/uses.ts';
import type { Certificate } from '../sign/certificate.ts';
import { keysOf } from '../sign/x509/details.ts';
import { parseCertificates } from '../sign/x509/pem.ts';
import { readAuthorityKey } from './authority-key.ts';
import type { Existing, Found } from './existing.ts';
import { byHolding, readHolding } from './holdings.ts';

/** An authority that somebody else made: the texts of its files, and their paths for messages. */
export type Given = {
  readonly certificate: string;
  readonly key?: string;
  readonly where: string;
  readonly keyWhere?: string;
};

/**
 * Looks for credentials in a generation, as an output folder or a tree has it, through the emitters that wrote it;
 * for authorities' keys also in a folder of their own, and for given authorities in their files.
 */
export function existingTree({
  output,
  emitters,
  apart,
  given = {},
  edits,
}: {
  readonly output: TreeView;
  readonly emitters: readonly Emitter[];
  readonly apart?: string;
  readonly given?: Readonly<Record<string, Given>>;
  /** The files that somebody changed, where that was looked at already; what is not among them is as it was written. */
  readonly edits?: readonly string[];
}): Existing {
  const { plan } = output;
  const planned = new Map(plan?.specs.map((spec) => [spec.id, spec]));
  const entries = byHolding(output);
  const readers = new Map(emitters.map((emitter) => [emitter.name, emitter]));
  const edited = edits && new Set(edits);

  const pem = (id: string, part: Holding['part']): { text: string; entry: Entry } | undefined => {
    for (const entry of entries.get(`${part} ${id}`) ?? []) {
      if (!output.has(entry.path)) continue;
      const text = readHolding(output.read(entry.path), { entry, reader: readers.get(entry.emitter), id, part });
      if (text !== undefined) return { text, entry };
    }
    return undefined;
  };
  const readKey = (id: string): Key | undefined => {
    const found = pem(id, 'key');
    return found && keyFromPrivatePem(found.text, found.entry.path);
  };
  const apartKey = (spec: Spec): Key | undefined => {
    const found = spec.kind === 'authority' && apart !== undefined ? readAuthorityKey(apart, spec.id) : undefined;
    return found && keyFromPrivatePem(found.text, found.where);
  };
  /** A leaf's key is read when something asks for it, where the file is as it was written with that very key. */
  const leafKey = (id: string, certificate: Certificate | undefined): Key | undefined => {
    const [entry] = entries.get(`key ${id}`) ?? [];
    const known = entry?.holds.find((held) => held.id === id && held.part === 'key')?.fingerprint;
    const asWritten = entry !== undefined && edited?.has(entry.path) === false && output.has(entry.path);
    if (!asWritten || certificate === undefined || sha256(certificate.publicKey) !== known) return readKey(id);
    const algorithm = keysOf(certificate);
    if (algorithm === undefined) return readKey(id);
    return lazyKey(certificate.publicKey, { algorithm, read: () => readKey(id) });
  };
  const issuerOf = (id: string, entry: Entry | undefined): string | undefined => {
    const spec = planned.get(id);
    if (plan === undefined || spec?.kind !== 'leaf' || entry === undefined || edited?.has(entry.path) !== false) return;
    const authority = authorityOf(plan, spec)?.id;
    const [its] = entries.get(`certificate ${authority}`) ?? [];
    return its?.holds.find((held) => held.id === authority && held.part === 'certificate')?.fingerprint;
  };

  return {
    generation: output.generation,
    async find(spec) {
      const its = given[spec.name];
      if (spec.kind === 'authority' && its !== undefined) return findGiven(its, () => apartKey(spec));
      if (isPublicAlone(spec)) {
        const key = keyFromPublicPem(spec.publicKey);
        return compact({ certificate: undefined, key, spec: planned.get(spec.id) });
      }
      const read = spec.kind === 'keypair' ? undefined : pem(spec.id, 'certificate');
      const certificate = read && parseCertificates(read.text, read.entry.path)[0];
      return compact({
        certificate,
        key: spec.kind === 'leaf' ? leafKey(spec.id, certificate) : (apartKey(spec) ?? readKey(spec.id)),
        spec: planned.get(spec.id),
        issuer: issuerOf(spec.id, read?.entry),
      });
    },
  };
}

/** What somebody else made. A key that is not given may lie where authorities' keys are kept apart. */
function findGiven({ certificate, key, where, keyWhere = where }: Given, kept: () => Key | undefined): Found {
  const found = parseCertificates(certificate, where);
  if (found.length !== 1) {
    throw new PkiError('AUTHORITY_GIVEN', `${where}: it holds ${found.length} certificates, and an authority is one`, {
      hint: "leave the authority's own certificate in the file",
    });
  }
  return compact({
    certificate: found[0],
    key: key === undefined ? kept() : keyFromPrivatePem(key, keyWhere),
    spec: undefined,
  });
}

function compact(found: {
  certificate: Certificate | undefined;
  key: Key | undefined;
  spec: Spec | undefined;
  issuer?: string | undefined;
}): Found {
  return {
    ...(found.certificate ? { certificate: found.certificate } : {}),
    ...(found.key ? { key: found.key } : {}),
    ...(found.spec ? { spec: found.spec } : {}),
    ...(found.issuer ? { issuer: found.issuer } : {}),
  };
}
