import type { Package } from './workspace.ts';

/** The page that has the public names of a package. */
export function pageOf({ folder }: Package): string {
  return `${folder.split('/')[1]}.md`;
}

/** The anchor that GitHub makes of a heading. */
export function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
}
