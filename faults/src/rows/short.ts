import { type Desk, desk, mountMemory } from '../desk.ts';
import { callsOf, met } from '../injected.ts';
import { illTold, kubepki, type Ran } from '../program.ts';
import { each, type Row, result, share } from '../row.ts';
import { must, prepared, type Scenario, scenarios, tiny } from '../scenarios.ts';
import { strace } from '../strace.ts';
import { notInPlace, stateOf } from '../tree.ts';

/** Disks that take a part of a write: by an injected result, and by being full. */
export const short: Row = {
  rows: [4],
  what: 'short writes',
  needs: ['Linux', 'strace', 'root', 'mount'],
  async run({ all }) {
    const wrong: string[] = [];
    let written = 0;
    // A write that is met by mistake may be one that wakes the program, which then has to be waited for.
    for (const scenario of all ? scenarios.slice(0, 5) : []) {
      const writes = (await callsOf(scenario)).filter(({ name }) => name === 'write');
      const points = share(writes);
      await each(points, async ({ count }) => {
        for (const bytes of [1, 20]) {
          const found = await lying(scenario, { count, bytes });
          if (found !== undefined) written += 1;
          wrong.push(...(found ?? []));
        }
      });
    }
    const sizes = all ? Array.from({ length: 20 }, (_, at) => 24 + 4 * at) : [40, 56];
    let full = 0;
    for (const size of sizes) {
      const { ended, wrong: bad } = await onFullDisk(size);
      wrong.push(...bad);
      if (ended === 'refused') full += 1;
    }
    const measured = `${wrong.length} (${written} writes that lied, ${full} of ${sizes.length} small disks were full)`;
    return [
      result(
        { row: 4, what: 'short writes', target: '0 truncated files accepted', measured },
        { wrong, tried: all ? Math.min(written, full) : full },
      ),
    ];
  },
};

/** A write says that it took some bytes, and took none: what it was for lacks them. Undefined: it was no write of the tree. */
async function lying(
  scenario: Scenario,
  { count, bytes }: { readonly count: number; readonly bytes: number },
): Promise<readonly string[] | undefined> {
  const on = await prepared(scenario);
  const log = `${on.folder}.log`;
  const inject = `write:retval=${bytes}:when=${count}`;
  const ran = await kubepki(scenario.args(on), { cwd: on.folder, by: strace({ log, inject }) });
  const wrong = met(on, { ran, log }) ? wrongNow(scenario, on, ran) : undefined;
  on.remove();
  return wrong?.map((one) => `${scenario.name}, ${inject}: ${one}`);
}

function wrongNow({ before, after, args }: Scenario, on: Desk, { code, stderr }: Ran): readonly string[] {
  const { generation, wrong } = stateOf(on.tree);
  const placed = code === 0 && args(on).includes('--in-place') ? notInPlace(on.tree, on.place) : [];
  // In place, a generation is current before its files lie there.
  const told = code === 74 && / is made and current, but /.test(stderr);
  // A run that lost a wake-up had to be ended, and could not say anything.
  const known = code === undefined ? [before, after] : [code === 0 || told ? after : before];
  return [
    ...wrong,
    ...placed,
    ...(known.includes(generation) ? [] : [`exit ${code}, and generation ${generation} is current: ${stderr}`]),
  ];
}

/** Fills a disk of so many kilobytes with generations, until one has no room. */
async function onFullDisk(
  size: number,
): Promise<{ readonly ended: 'refused' | 'never'; readonly wrong: readonly string[] }> {
  const on = desk();
  const disk = on.path('disk');
  const unmount = mountMemory(disk, `size=${size}k,mode=0700`);
  const tree = `${disk}/pki`;
  const wrong: string[] = [];
  try {
    for (let number = 1; number < 8; number++) {
      on.write('cluster.yaml', tiny(...Array.from({ length: number }, (_, at) => `service-${at}`)));
      const before = stateOf(tree).generation;
      const ran = await kubepki(['generate', '-o', tree, '--keep', 'all'], { cwd: on.folder });
      const { generation, wrong: torn } = stateOf(tree);
      const at = `a disk of ${size} kB, generation ${number}`;
      wrong.push(...torn.map((one) => `${at}: ${one}`));
      if (generation !== (ran.code === 0 ? number : before))
        wrong.push(`${at}: exit ${ran.code}, ${generation} is current`);
      if (ran.code === 0) continue;
      wrong.push(...illTold(ran, tree).map((one) => `${at}: ${one}`));
      if (generation > 0) await must(['verify', tree], on);
      return { ended: 'refused', wrong };
    }
    return { ended: 'never', wrong };
  } finally {
    unmount();
  }
}
