import type { Upkeep } from '../upkeep.ts';
import { count, listed } from './words.ts';

/** What a run did beside its generation, in a line each. */
export function upkeepLines({ removed, inPlace }: Upkeep): readonly string[] {
  const older = removed.map((number) => String(number).padStart(4, '0'));
  return [
    ...(inPlace === undefined ? [] : [inPlaceLine(inPlace)]),
    ...(older.length === 0
      ? []
      : [
          `removed the oldest ${older.length === 1 ? 'generation' : 'generations'}, ${listed(older)}; --keep N keeps more`,
        ]),
  ];
}

export function inPlaceLine({ folder, written, removed, kept, leftOut }: NonNullable<Upkeep['inPlace']>): string {
  const away = leftOut.length === 0 ? '' : `; not there: ${listed(leftOut)}, which are kept apart`;
  if (written.length + removed.length === 0) return `${folder} has all files in place; none was written${away}`;
  const gone = removed.length === 0 ? '' : `, ${removed.length} removed`;
  return `in place in ${folder}: ${count(written.length, 'file')} written${gone}, ${kept} as they were${away}`;
}
