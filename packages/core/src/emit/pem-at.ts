import type { ContentFile, Get } from './file.ts';

/** Gives the PEM of what a file holds by its position among `holds`; nothing for a position that is not there. */
export function pemAt({ holds }: Pick<ContentFile, 'holds'>, get: Get): (position: number) => string {
  return (position) => {
    const holding = holds[position];
    return holding === undefined ? '' : get(holding);
  };
}
