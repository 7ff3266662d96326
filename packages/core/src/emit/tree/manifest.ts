import { z } from 'zod';
import type { Plan } from '../../plan/plan.ts';
import type { Entry } from '../file.ts';
import { isInside } from './path.ts';

const path = z.string().refine(isInside, 'not a path inside of the folder');
const mode = z.int().min(0).max(0o777);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'not a SHA-256 in hexadecimal');

export const entrySchema = z.strictObject({
  path,
  emitter: z.string(),
  fields: z.string(),
  sha256: sha256.exactOptional(),
  apart: z.literal(true).exactOptional(),
  mode,
  owner: z.string().exactOptional(),
  group: z.string().exactOptional(),
  secret: z.boolean(),
  holds: z
    .array(
      z.strictObject({
        id: z.string(),
        part: z.enum(['certificate', 'key', 'public']),
        fingerprint: z.string(),
        serial: z.string().exactOptional(),
        notAfter: z.string().exactOptional(),
      }),
    )
    .readonly(),
}) satisfies z.ZodType<Entry>;

/** What a generation says of itself. It is written last: a generation without it is not whole. */
export const manifestSchema = z.strictObject({
  version: z.literal(1),
  cluster: z.string(),
  generation: z.int().positive(),
  /** When it was made, in ISO 8601. */
  made: z.iso.datetime().exactOptional(),
  /** SHA-256 over plan.json. */
  plan: sha256,
  /** SHA-256 over what the plan asks of certificates, as the version that wrote this understood it. */
  templates: sha256.exactOptional(),
  files: z.array(entrySchema).readonly(),
  links: z.array(z.strictObject({ path, link: path })).readonly(),
});
/** A generation's number and cluster, and every file and link in it. It holds no secrets. */
export type Manifest = z.infer<typeof manifestSchema>;

/** A manifest as pieces of JSON, a file a line, so that a large one is never one string. */
export function manifestText({
  files,
  links,
  ...head
}: Omit<Manifest, 'files'> & { readonly files: Iterable<Entry> }): Iterable<string> {
  return jsonLines(head, { files, links });
}

/** A plan as pieces of JSON, a spec a line. */
export function planText({ specs, ...head }: Plan): Iterable<string> {
  return jsonLines(head, { specs });
}

/** JSON in pieces: what stands in the head, then lists with a line an item. */
function* jsonLines(head: object, lists: Readonly<Record<string, Iterable<unknown>>>): Generator<string> {
  yield JSON.stringify(head).slice(0, -1);
  for (const [name, items] of Object.entries(lists)) {
    yield `,\n${JSON.stringify(name)}:[`;
    let first = true;
    for (const item of items) {
      yield `${first ? '' : ','}\n${JSON.stringify(item)}`;
      first = false;
    }
    yield '\n]';
  }
  yield '}\n';
}
