import { certificateBlocks, type Problem } from '@kubepki/core';
import type { Found, Place, Reference } from './place.ts';

/** What a file holds, what is wrong with it, and the files that it names instead. */
export type Contents = {
  readonly found: readonly Found[];
  readonly problems: readonly Problem[];
  readonly references: readonly Reference[];
};

export const nothing: Contents = { found: [], problems: [], references: [] };

/** The certificates of a PEM text. */
export function pemContents(text: string, place: Place): Contents {
  const blocks = certificateBlocks(text);
  const begun = text.match(/^-----BEGIN CERTIFICATE-----\s*$/gm)?.length ?? 0;
  if (blocks.length < begun) {
    const problem = { where: place.file, message: 'a certificate in it has no end', hint: 'it is cut off' };
    return { ...nothing, problems: [problem] };
  }
  const several = blocks.length > 1;
  const found = blocks.map((der, index) => ({ place: several ? { ...place, number: index + 1 } : place, der }));
  return { ...nothing, found };
}
