import type { ContentFile, Emitter, File, Get, Layout, Part, Plan, Spec, UsesTable } from '@kubepki/core';
import { nodeOf } from '@kubepki/core';
import type { MemoryPki } from '../memory-pki.ts';
import { pemOf } from '../pem.ts';
import { during } from '../suite/explain.ts';
import type { Variant } from '../suite/options.ts';
import { sameRandom } from '../suite/random.ts';

/** What a suite for an emitter writes. */
export type Writing = {
  /** `emitter NAME` */
  readonly what: string;
  readonly variants: readonly Variant<Emitter>[];
  readonly layout: Layout;
  pki(): Promise<MemoryPki>;
};

/** An emitter with some of its options; `where` says which for messages. */
export type Case = {
  readonly where: string;
  readonly emitter: Emitter;
  readonly again: Emitter;
  readonly plan: Plan;
  readonly layout: Layout;
  readonly get: Get;
  readonly keys: readonly string[];
};

/** Every variant, each with an emitter of its own and one more that is made alike. */
export async function cases({ what, variants, layout, pki }: Writing): Promise<readonly Case[]> {
  const { plan, credential, credentials } = await pki();
  const keys = [...credentials.values()].map((each) => pemOf(each, 'key'));
  const known = new Map<string, string>();
  const get: Get = ({ id, part }) => {
    const pem = known.get(`${part} ${id}`) ?? pemOf(credential(id), part);
    known.set(`${part} ${id}`, pem);
    return pem;
  };
  return variants.map(({ title, make }) => {
    const where = `${what} ${title}`;
    return { where, emitter: during(where, make), again: during(where, make), plan, layout, get, keys };
  });
}

/** A plan's parts, as the pipeline gives them to emitters: the cluster's own, then each node's. */
export function partsOf({ specs }: Plan): readonly Part[] {
  const parts = new Map<string | undefined, Spec[]>([[undefined, []]]);
  for (const spec of specs) parts.set(nodeOf(spec), [...(parts.get(nodeOf(spec)) ?? []), spec]);
  return [...parts].map(([node, own]) => (node === undefined ? { specs: own } : { node, specs: own }));
}

/** What an emitter names, by part. */
export function filesOf({ where, emitter, plan, layout }: Case): readonly { part: Part; files: readonly File[] }[] {
  return partsOf(plan).map((part) => {
    return { part, files: during(where, () => Array.from(emitter.files(part, { plan, layout }))) };
  });
}

/** All files with a content, each path once. */
export function contentFiles(one: Case): readonly ContentFile[] {
  const files = filesOf(one).flatMap((each) => each.files.filter((file): file is ContentFile => !('link' in file)));
  return [...new Map(files.map((file) => [file.path, file])).values()];
}

/** The text of a file, by the same random bytes each time. */
export function textOf(file: ContentFile, { emitter, get }: Pick<Case, 'emitter' | 'get'>): string {
  return emitter.render(file, get, sameRandom());
}

/** While an authority is replaced both are trusted, so what is trusted may be several. */
export const bundles: UsesTable = (declared) =>
  Object.fromEntries(
    Object.entries(declared).map(([use, { signs, trusts }]) => {
      const more = use === 'cluster/server' ? ['sample/root'] : use === 'sample/tokens' ? ['sample/old-tokens'] : [];
      return [use, { signs, trusts: [...trusts, ...more] }];
    }),
  );
