import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const app = new URL('../../apps/cli/', import.meta.url);
const { bin } = JSON.parse(readFileSync(new URL('package.json', app), 'utf8')) as { bin: { kubepki: string } };

/** The file that the installed program begins with, as the build leaves it. */
export const program = fileURLToPath(new URL(bin.kubepki, app));
