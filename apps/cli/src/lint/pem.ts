import { certificateBlocks, type Problem } from '@kubepki/core';
import type { Found, Place } from './place.ts';

/** What a file holds, and what is wrong with it. */
export type Contents = { readonly found: readonly Found[]; readonly problems: readonly Problem[] };

/** The certificates of a PEM text. */
export function pemContents(text: string, place: Place): Contents {
  const blocks = certificateBlocks(text);
  const begun = text.match(/^-----BEGIN CERTIFICATE-----\s*$/gm)?.length ?? 0;
  if (blocks.length < begun) {
    return {
      found: [],
      problems: [{ where: place.file, message: 'a certificate in it has no end', hint: 'it is cut off' }],
    };
  }
  const several = blocks.length > 1;
  const found = blocks.map((der, index) => ({ place: several ? { ...place, number: index + 1 } : place, der }));
  return { found, problems: [] };
}
