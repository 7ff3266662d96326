import { createHash } from 'node:crypto';
import { type EmitterHost, PkiError, type Problem, refuse, yamlString } from '@kubepki/core';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';

/** What of a bundle is no certificate and no key. */
export type Tokens = {
  /** Tells one set from another and gives nothing of it away. */
  readonly id: string;
  /** The lines of the bundle that have it. */
  readonly lines: readonly string[];
};

/** Reads the tokens from a file once, when they are asked for. */
export function tokensReader(tokensFile: string, host: EmitterHost | undefined): () => Tokens {
  let known: Tokens | undefined;
  return () => {
    known ??= tokensOf(textOf(tokensFile, host), tokensFile);
    return known;
  };
}

function textOf(tokensFile: string, host: EmitterHost | undefined): string {
  if (host !== undefined) return host.readSecret(tokensFile);
  throw new PkiError('TALOS_TOKENS', 'emitter talos: nobody lends it the tokens', {
    hint: 'in code: talos({}, { readSecret: () => text })',
  });
}

const bytes = (...lengths: readonly number[]) =>
  z.string().refine((text) => isBase64(text) && lengths.includes(Buffer.from(text, 'base64').length), {
    error: `the base64 of ${lengths.join(' or ')} bytes`,
  });

function isBase64(text: string): boolean {
  return /^[A-Za-z0-9+/_-]+={0,2}$/.test(text) && text.length % 4 === 0;
}

// siderolabs/talos pkg/machinery/config/generate/secrets: all else of a bundle is made by this program.
const schema = z.object({
  cluster: z.object({ id: bytes(32), secret: bytes(32) }),
  secrets: z
    .object({
      bootstraptoken: z.string().regex(/^[a-z0-9]{6}\.[a-z0-9]{16}$/, '6 and 16 of a-z0-9 with a dot between them'),
      aescbcencryptionsecret: bytes(16, 24, 32).optional(),
      secretboxencryptionsecret: bytes(32).optional(),
    })
    .refine(
      ({ aescbcencryptionsecret: old, secretboxencryptionsecret: box }) => (old === undefined) !== (box === undefined),
      { error: 'one of secretboxencryptionsecret and aescbcencryptionsecret' },
    ),
  trustdinfo: z.object({ token: z.string().regex(/^[a-z0-9]+\.[a-z0-9]+$/, 'a-z0-9 with a dot between them') }),
});

/** @throws PkiError TALOS_TOKENS with every problem, without what the file holds */
function tokensOf(text: string, where: string): Tokens {
  const { value, problems } = yamlOf(text, where);
  refuse('TALOS_TOKENS', problems);
  const { data, error } = schema.safeParse(value);
  refuse(
    'TALOS_TOKENS',
    (error?.issues ?? []).map(({ path, code, message }) => ({
      where: `emitter talos: ${where}`,
      message: `${path.join('.') || 'all of it'}: ${code === 'invalid_type' ? 'it is missing, or no text and no map' : `${message} is expected`}`,
      hint: `talosctl gen secrets -o ${where} makes such a file`,
    })),
  );
  const lines = Object.entries(data ?? {}).flatMap(([section, fields]) => [
    `${section}:`,
    ...Object.entries(fields).map(([field, value]) => `  ${field}: ${yamlString(String(value))}`),
  ]);
  const id = createHash('sha256')
    .update(`kubepki talos\n${lines.join('\n')}`)
    .digest('hex')
    .slice(0, 32);
  return { id, lines };
}

// The parser's own words quote the text, which is secret.
function yamlOf(text: string, where: string): { readonly value: unknown; readonly problems: readonly Problem[] } {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const problems = document.errors.map(({ pos: [start] }) => ({
    where: `emitter talos: ${where}:${lineCounter.linePos(start).line}`,
    message: 'this is no YAML',
    hint: `talosctl gen secrets -o ${where} makes such a file`,
  }));
  return { value: problems.length > 0 ? undefined : document.toJS({ maxAliasCount: 0 }), problems };
}
