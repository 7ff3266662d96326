import { randomBytes } from 'node:crypto';
import {
  type Credential,
  generate,
  type LeafSpec,
  localIssuer,
  memoryTree,
  type Plan,
  type Policy,
  softwareKeys,
  softwareSigner,
  template,
} from '@kubepki/core';
import { assemble, clusterFileSchema, readClusterFile } from '@kubepki/presets';
import { fixtureKeys, type MemoryPki } from '@kubepki/testkit';
import { type Held, type Result, type Summary, summarize, tryConnections } from '../index.ts';

/** A PKI whose connections can be tried: by the way that is given, some of it is not as planned. */
export type Pki = { readonly plan: Plan; readonly credentials: ReadonlyMap<string, Credential> };

/** The plan of a cluster file. */
export function planned(text: string, policies: readonly Policy[] = []): Plan {
  return assembled(text, policies).plan;
}

function assembled(text: string, policies: readonly Policy[]) {
  const { file, facts } = readClusterFile(text, { schema: clusterFileSchema });
  return assemble(file, facts, { policies });
}

/** What a cluster file means, made in memory ten days ago, so that something of it can be over. */
export async function made(text: string, policies: readonly Policy[] = []): Promise<Pki> {
  const now = new Date(Date.now() - 10 * 86_400_000);
  const its = assembled(text, policies);
  const credentials = new Map<string, Credential>();
  for await (const credential of generate({ ...its, tree: memoryTree(), source: fixtureKeys(), now })) {
    credentials.set(credential.spec.id, credential);
  }
  return { plan: its.plan, credentials };
}

/** Every result, with something else in the place of some credentials. */
export async function tried(
  { plan, credentials }: Pki,
  planted: Readonly<Record<string, Held>> = {},
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for await (const result of tryConnections({
    plan,
    find: async ({ id }) => planted[id] ?? credentials.get(id) ?? {},
  })) {
    results.push(result);
  }
  return results;
}

/** The summary of that. */
export async function summed(pki: Pki, planted?: Readonly<Record<string, Held>>): Promise<Summary> {
  return summarize(await tried(pki, planted));
}

/** What is wrong, as `WHERE: MESSAGE`. */
export async function wrong(pki: Pki, planted?: Readonly<Record<string, Held>>): Promise<readonly string[]> {
  return (await summed(pki, planted)).wrong.map(({ where, message }) => `${where}: ${message}`);
}

/** A credential made anew and otherwise: of another spec, by another authority, at another time. */
export async function otherwise(
  { plan, credentials }: Pki,
  {
    id,
    spec = {},
    by,
    now = new Date(),
  }: { readonly id: string; readonly spec?: Partial<LeafSpec>; readonly by?: string; readonly now?: Date },
): Promise<Held> {
  const old = credentials.get(id)?.spec;
  if (old?.kind !== 'leaf') throw new Error(`${id} is no leaf`);
  const authority = credentials.get(by ?? plan.uses[old.issuer]?.signs ?? '');
  if (authority?.certificate === undefined || authority.key === undefined) throw new Error('there is no authority');
  const wanted = { ...old, ...spec };
  const key = await softwareKeys().make({ id, algorithm: wanted.keys });
  // What is planted may break rules: nothing is known of its uses, so that none speaks of them.
  const { uses: _, ...its } = template(wanted, plan);
  const { certificate } = await localIssuer({
    certificate: authority.certificate,
    signer: softwareSigner(authority.key),
  }).issue({
    template: {
      ...its,
      life: { ...its.life, from: 'backdate', validity: wanted.validity },
      waives: [...(its.waives ?? []), 'server-names'],
    },
    key,
    now,
    random: (count) => randomBytes(count),
  });
  return { certificate, key };
}

/** A PKI of the testkit. As in a tree, nothing is said of the authorities between. */
export function ofTestkit({ plan, credentials }: MemoryPki): Pki {
  const found = [...credentials].map(([id, { chain: _, ...credential }]) => [id, credential] as const);
  return { plan, credentials: new Map(found) };
}
