import { type ContentFile, type File, idOf, type Part, type Plan, type Spec } from '@kubepki/core';
import { z } from 'zod';
import { type Blame, blame } from './blame.ts';

const fileSchema = z.strictObject({
  path: z.string(),
  mode: z.int().min(0).max(0o777),
  owner: z.exactOptional(z.string()),
  group: z.exactOptional(z.string()),
  secret: z.boolean(),
  encrypted: z.exactOptional(z.literal(true)),
  holds: z.array(z.strictObject({ id: z.string(), part: z.enum(['certificate', 'key', 'public']) })),
  content: z.exactOptional(z.json()),
});
const linkSchema = z.strictObject({ path: z.string(), link: z.string() });

type Context = { readonly part: Part; readonly plan: Plan; readonly whose: Blame };

/** A file that an emitter named, if it is one: plain data, nothing that is not there, no key that others may read. */
export function checkFile(file: unknown, { part, plan, whose }: Context): File {
  const isLink = typeof file === 'object' && file !== null && 'link' in file;
  const parsed = (isLink ? linkSchema : fileSchema).safeParse(file);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = [pathOf(file), ...(issue?.path ?? [])].join('.');
    throw blame(`names what is no file: ${where}: ${issue?.message}`, whose);
  }
  if (!isLink) checkHoldings(file as ContentFile, { part, plan, whose });
  return file as File;
}

function checkHoldings(file: ContentFile, { part, plan, whose }: Context): void {
  const { path, secret, mode, holds } = file;
  for (const { id, part: held } of holds) {
    const kind = kindIn(part, id) ?? sharedKinds(plan).get(id);
    if (kind === undefined || kind === 'elsewhere') {
      const hint = 'a file may hold what its part holds, authorities and what belongs to the cluster';
      throw blame(`names ${path}, which is to hold ${id}, and nothing of its part has that id`, { ...whose, hint });
    }
    if (kind === 'keypair' && held === 'certificate')
      throw blame(`names ${path}, which is to hold the certificate of ${id}, a key pair without one`, whose);
    if (held !== 'key') continue;
    if (!secret) throw blame(`names ${path}, which holds the key of ${id}, without \`secret: true\``, whose);
    if ((mode & 0o007) !== 0)
      throw blame(`names ${path}, which holds the key of ${id}, with a mode that lets anybody read it`, whose);
  }
}

function kindIn({ specs }: Part, id: string): Spec['kind'] | undefined {
  return specs.find((spec) => spec.id === id)?.kind;
}

const known = new WeakMap<Plan, ReadonlyMap<string, Spec['kind']>>();

/** What all parts share, by id; made once a plan, since files are many. */
function sharedKinds(plan: Plan): ReadonlyMap<string, Spec['kind']> {
  const kinds =
    known.get(plan) ??
    new Map(plan.specs.flatMap((spec) => (spec.id === idOf(spec.name) ? [[spec.id, spec.kind]] : [])));
  known.set(plan, kinds);
  return kinds;
}

function pathOf(file: unknown): string {
  if (typeof file !== 'object' || file === null || !('path' in file)) return 'a file';
  return typeof file.path === 'string' ? file.path : 'a file';
}
