import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  authorityOf,
  type Certificate,
  type Credential,
  certificatePem,
  generate,
  type KeySource,
  memoryTree,
  type Plan,
  parseCertificate,
  selfSigned,
  softwareKeys,
  template,
} from '@kubepki/core';
import { assemble, clusterFileSchema, readClusterValue } from '@kubepki/presets';
import { fixtureKeys } from '@kubepki/testkit';
import type { Cluster } from './clusters.ts';
import type { Authority, Made, Subject } from './made.ts';

/** Makes a cluster's certificates by the real pipeline, and writes what verifiers are given into a folder. */
export async function make(cluster: Cluster, folder: string, now = new Date()): Promise<Made> {
  const { file, facts } = readClusterValue(cluster.value, { schema: clusterFileSchema });
  const { plan, emitters, layout } = assemble(file, facts);
  const made: Credential[] = [];
  for await (const one of generate({ plan, emitters, layout, tree: memoryTree(), source: fixtureKeys(), now })) {
    made.push(one);
  }
  mkdirSync(folder, { recursive: true });
  const authorities: Authority[] = [];
  for (const one of made)
    if (one.spec.kind === 'authority') authorities.push(await authority(one, { plan, folder, now }));
  const subjects = made.flatMap((one) => subject(one, { plan, folder }));
  const {
    profile,
    cluster: {
      version: { minor },
    },
  } = plan;
  return { name: cluster.name, folder, profile, minor, now: now.getTime(), authorities, subjects };
}

type Context = { readonly plan: Plan; readonly folder: string };

async function authority(
  { spec, certificate, key }: Credential,
  { plan, folder, now }: Context & { readonly now: Date },
): Promise<Authority> {
  if (spec.kind !== 'authority' || !certificate || !key) throw new Error(`${spec.id} is no authority`);
  const write = writer(folder, spec.id);
  const other = await selfSigned({
    template: template(spec, plan),
    key: await strangers.make({ id: spec.id, algorithm: spec.keys }),
    now,
    random: (count) => Buffer.alloc(count, 0x5a),
  });
  const disguised = disguise(other.certificate, certificate);
  return {
    id: spec.id,
    keys: spec.keys,
    file: write('.crt', certificatePem(certificate.der)),
    stranger: write('.stranger.crt', certificatePem(other.certificate.der)),
    disguised: write('.disguised.crt', certificatePem(disguised)),
  };
}

/** One key of each kind that is in no cluster, for authorities that only have the right name. */
const strangers: KeySource = {
  make({ id, algorithm }) {
    const key = strangeKeys.get(algorithm) ?? softwareKeys().make({ id, algorithm });
    strangeKeys.set(algorithm, key);
    return key;
  },
};
const strangeKeys = new Map<string, ReturnType<KeySource['make']>>();

/** The same certificate with another subject key identifier; its own signature, which nobody checks, is broken. */
function disguise({ der, subjectKeyId: own }: Certificate, { subjectKeyId: wanted }: Certificate): Uint8Array {
  const copy = Buffer.from(der);
  if (own === undefined || own.length !== wanted?.length) throw new Error('there is no identifier of its key');
  copy.set(wanted, copy.indexOf(own));
  return parseCertificate(copy, 'an authority in disguise').der;
}

function subject({ spec, certificate, key, chain = [] }: Credential, { plan, folder }: Context): readonly Subject[] {
  if (spec.kind !== 'leaf' || !certificate || !key?.secret) return [];
  const write = writer(folder, spec.id);
  const der = Buffer.from(certificate.der);
  der.set([(der.at(-1) ?? 0) ^ 1], der.length - 1);
  if (chain.length > 0) throw new Error(`${spec.id} has authorities between itself and the root`);
  return [
    {
      id: spec.id,
      name: spec.name,
      keys: spec.keys,
      authority: authorityOf(plan, spec)?.id ?? '',
      usages: spec.usages,
      dns: spec.sans.dns,
      ips: spec.sans.ips,
      notBefore: certificate.notBefore.getTime(),
      notAfter: certificate.notAfter.getTime(),
      file: write('.crt', certificatePem(certificate.der)),
      changed: write('.changed.crt', certificatePem(der)),
      key: write('.key', key.secret.reveal()),
    },
  ];
}

function writer(folder: string, id: string): (ending: string, text: string) => string {
  return (ending, text) => {
    const path = join(folder, `${encodeURIComponent(id)}${ending}`);
    writeFileSync(path, text);
    return path;
  };
}
