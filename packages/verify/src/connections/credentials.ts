import { authorityOf, type Certificate, type Key, PkiError, type Plan, type Spec } from '@kubepki/core';
import { bounded } from './bounded.ts';

/** What there is of a spec. */
export type Held = { readonly certificate?: Certificate; readonly chain?: readonly Certificate[]; readonly key?: Key };

/** Looks for what there is of a spec: a tree's `existing`, or credentials in memory. */
export type Find = (spec: Spec) => Promise<Held>;

/** What one side of a connection presents: the certificate, the authorities between it and the one that signs itself, the key. */
export type Credential = { readonly certificates: readonly Certificate[]; readonly key: Key };

/** A plan's credentials by their ids. Each throws a PkiError whose problem says where; PART_ABSENT for what is not there. */
export type Credentials = {
  credential(id: string): Promise<Credential>;
  certificate(id: string): Promise<Certificate>;
};

/** So many are kept; a handful of authorities is wanted again and again. */
const kept = 256;

/** Finds what is presented and what is trusted, each once in a while. */
export function credentialsOf(plan: Plan, find: Find): Credentials {
  const specs = new Map(plan.specs.map((spec) => [spec.id, spec]));
  const known = bounded<Promise<Held>>(kept);
  const held = (id: string): Promise<Held> => {
    const spec = specs.get(id);
    if (spec === undefined) throw absent(id, 'it is not in the plan');
    return known(id, () => found(spec, find));
  };
  const certificate = async (id: string): Promise<Certificate> => {
    const its = await held(id);
    if (its.certificate === undefined) throw absent(id, 'its certificate is not there');
    return its.certificate;
  };
  const above = async (id: string): Promise<readonly Certificate[]> => {
    const spec = specs.get(id);
    const authority = spec?.kind === 'leaf' || spec?.kind === 'authority' ? authorityOf(plan, spec) : undefined;
    if (authority?.issuer === undefined) return [];
    return [await certificate(authority.id), ...(await above(authority.id))];
  };
  return {
    certificate,
    credential: async (id) => {
      const own = await certificate(id);
      const { chain, key } = await held(id);
      if (key?.secret === undefined && key?.privateKey === undefined) throw absent(id, 'its key is not there');
      return { certificates: [own, ...(chain ?? (await above(id)))], key };
    },
  };
}

async function found(spec: Spec, find: Find): Promise<Held> {
  try {
    return await find(spec);
  } catch (error) {
    if (!(error instanceof PkiError)) throw error;
    throw troubled(spec.id, { code: error.code, message: error.message, hint: error.hint });
  }
}

function absent(id: string, message: string): PkiError {
  return troubled(id, { code: 'PART_ABSENT', message });
}

/** An error about one thing of a plan. */
export function troubled(
  id: string,
  { code, message, hint }: { readonly code: string; readonly message: string; readonly hint?: string | undefined },
): PkiError {
  return new PkiError(code, `${id}: ${message}`, {
    hint,
    problems: [{ where: id, message, ...(hint === undefined ? {} : { hint }) }],
  });
}
