import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildGo, clockGo } from './go.ts';
import { middle } from './measure.ts';
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
  const done = { files: pairsOf(), durable: pairsOf(), rsa: pairsOf() };
  for (let run = 0; run < runs; run++) {
    const disk = theirs(['-w', '1', '-out', place]);
    done.files.add(own('files'), disk);
    done.durable.add(own('durable'), disk);
    const { certificates, keys } = JSON.parse(program('rsa.ts', `${rsaCount}`));
    done.rsa.add(certificates, keys);
  }
  rmSync(place, { recursive: true, force: true });
  return [
    done.files.row(`${count} certificates as files`, 'Go, one worker, on disk'),
    done.durable.row(`${count} certificates as a generation that is stored`, 'Go, one worker, on disk'),
    done.rsa.row(`${rsaCount} certificates with RSA-2048 keys`, 'the keys alone'),
  ];
}

function program(name: string, ...args: readonly string[]): string {
  const path = fileURLToPath(new URL(name, import.meta.url));
  return execFileSync(process.execPath, ['--import', tsx, path, ...args], { encoding: 'utf8' });
}

/** Seconds of both sides, in turns. */
function pairsOf() {
  const own: number[] = [];
  const theirs: number[] = [];
  return {
    add(seconds: number, rival: number | undefined) {
      own.push(seconds);
      if (rival !== undefined) theirs.push(rival);
    },
    row(what: string, name: string): Row {
      const runOf = (all: readonly number[]) => middle(all.map((seconds) => ({ seconds, mebibytes: undefined })));
      if (theirs.length === 0) return { what, ...runOf(own) };
      const ratios = own.map((seconds, run) => seconds / (theirs[run] ?? Number.NaN));
      const spread = [Math.min(...ratios), Math.max(...ratios)] as const;
      return { what, ...runOf(own), rival: { name, ...runOf(theirs) }, spread };
    },
  };
}
