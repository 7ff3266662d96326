import { type ContentFile, type Get, yamlString } from '@kubepki/core';
import { certs } from './certs.ts';
import { toTalos } from './label.ts';
import type { Tokens } from './tokens.ts';

/** The bundle as YAML, in the order in which Talos writes it. */
export function renderBundle(
  file: ContentFile,
  { get, tokens }: { readonly get: Get; readonly tokens: Tokens },
): string {
  const pems = file.holds.map(get).map((pem) => yamlString(Buffer.from(toTalos(pem)).toString('base64')));
  let position = 0;
  const entries = certs.flatMap(({ name, parts }) => [
    `  ${name}:`,
    ...parts.map((part) => `    ${part}: ${pems[position++]}`),
  ]);
  return [...tokens.lines, 'certs:', ...entries, ''].join('\n');
}
