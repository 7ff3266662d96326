import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Measured } from './certificates.ts';
import { buildGo, runGo } from './go.ts';
import { paired } from './paired.ts';
import type { Row } from './table.ts';

const count = 10_000;
const runs = 5;
const program = fileURLToPath(new URL('certificates.ts', import.meta.url));
const tsx = import.meta.resolve('tsx');

/** Kubelet serving certificates in memory, against Go, and against a raw key and a raw signature each. */
export function certificateRows(folder: string): readonly Row[] {
  const go = buildGo(folder);
  if (go === undefined) process.stderr.write('there is no go, or not its program: no rival for certificates\n');
  const own: Measured[] = [];
  const theirs: number[] = [];
  for (let run = 0; run < runs; run++) {
    // The built packages, not their sources.
    const said = execFileSync(process.execPath, ['--import', tsx, program, `${count}`], { encoding: 'utf8' });
    own.push(JSON.parse(said));
    if (go !== undefined) theirs.push(runGo(go, count));
  }
  const of = (name: keyof Measured) => own.map((one) => one[name]);
  const rivals = [
    ...(go === undefined ? [] : [{ name: 'Go, one worker', seconds: theirs }]),
    { name: 'raw keys and signatures', seconds: of('floor') },
  ];
  return [
    ...rivals.map((rival) => paired(`${count} certificates, the first of a process`, { own: of('first'), rival })),
    ...rivals.map((rival) => paired(`${count} certificates after them`, { own: of('next'), rival })),
    paired(`lint of ${count} certificates`, {
      own: of('lint'),
      rival: { name: 'a P-256 signature each', seconds: of('signature') },
    }),
  ];
}
