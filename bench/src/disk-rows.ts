import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildGo, clockGo } from './go.ts';
import { paired } from './paired.ts';
import type { Row } from './table.ts';

const count = 10_000;
const rsaCount = 200;
const runs = 5;
const tsx = import.meta.resolve('tsx');

/** The same certificates on disk against Go, on all cores against Go's two workers, and RSA against its keys alone. */
export function diskRows(folder: string): readonly Row[] {
  const go = buildGo(folder);
  const place = join(folder, 'disk');
  const theirs = (args: readonly string[]) => {
    rmSync(place, { recursive: true, force: true });
    return go === undefined ? undefined : clockGo(go, ['-n', `${count}`, ...args]);
  };
  const own = (kind: string) => {
    rmSync(place, { recursive: true, force: true });
    return Number(program('disk.ts', `${count}`, kind, place));
  };
  const seconds = {
    go: [] as number[],
    files: [] as number[],
    durable: [] as number[],
    rsa: [] as number[],
    keys: [] as number[],
  };
  for (let run = 0; run < runs; run++) {
    const disk = theirs(['-w', '1', '-out', place]);
    if (disk !== undefined) seconds.go.push(disk);
    seconds.files.push(own('files'));
    seconds.durable.push(own('durable'));
    const { certificates, keys } = JSON.parse(program('rsa.ts', `${rsaCount}`));
    seconds.rsa.push(certificates);
    seconds.keys.push(keys);
  }
  rmSync(place, { recursive: true, force: true });
  const onDisk = { name: 'Go, one worker, on disk', seconds: seconds.go };
  return [
    paired(`${count} certificates as files`, { own: seconds.files, rival: onDisk }),
    paired(`${count} certificates as a generation that is stored`, { own: seconds.durable, rival: onDisk }),
    paired(`${rsaCount} certificates with RSA-2048 keys`, {
      own: seconds.rsa,
      rival: { name: 'the keys alone', seconds: seconds.keys },
    }),
  ];
}

function program(name: string, ...args: readonly string[]): string {
  const path = fileURLToPath(new URL(name, import.meta.url));
  return execFileSync(process.execPath, ['--import', tsx, path, ...args], { encoding: 'utf8' });
}
