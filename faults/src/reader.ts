// Reads cluster files, and says of each whether it was refused, and how long that took. A process of its own for row 28.
import { readFileSync } from 'node:fs';
import { PkiError } from '@kubepki/core';
import { clusterFileSchema, readClusterFile } from '@kubepki/presets';
import type { Read } from './rows/hostile-yaml.ts';

const read = process.argv.slice(2).map((path) => {
  const text = readFileSync(path, 'utf8');
  const start = process.cpuUsage();
  const refused = refusal(text);
  const { user, system } = process.cpuUsage(start);
  const polluted = 'polluted' in {} || Object.keys(Object.prototype).length > 0;
  return { refused, milliseconds: Math.round((user + system) / 1000), polluted };
});
const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(JSON.stringify({ read, megabytes } satisfies Read));

function refusal(text: string): boolean | string {
  try {
    readClusterFile(text, { schema: clusterFileSchema });
    return false;
  } catch (error) {
    return error instanceof PkiError ? true : String(error instanceof Error ? error.stack : error);
  }
}
