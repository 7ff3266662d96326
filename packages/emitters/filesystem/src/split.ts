import type { ContentFile } from '@kubepki/core';

/**
 * The PEM blocks of a file, by what the file holds: of several certificates or public keys one each. Beside a key
 * stands its certificate, whose further ones are its chain and belong to it, as they do in a file of its own.
 */
export function splitPem(text: string, file: ContentFile): readonly string[] {
  const blocks = text.match(/-----BEGIN ([A-Z ]+)-----[^-]*-----END \1-----\n?/g) ?? [];
  if (file.holds.length === 1) return [blocks.join('')];
  if (file.holds.every(({ part }) => part !== 'key')) return blocks;
  const keys = blocks.filter((block) => block.includes('PRIVATE KEY-----'));
  const others = blocks.filter((block) => !block.includes('PRIVATE KEY-----'));
  return file.holds.map(({ part }) => (part === 'key' ? (keys[0] ?? '') : others.join('')));
}
