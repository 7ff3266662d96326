import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  checkFiles,
  type Emitter,
  generate,
  idOf,
  type Layout,
  type LeafSpec,
  openOutput,
  PkiError,
  type Plan,
  planFiles,
  type Spec,
  stagedTree,
} from '@kubepki/core';
import { assemble, clusterFileSchema, readClusterValue } from '@kubepki/presets';
import { fixtureKeys } from '@kubepki/testkit';
import fc from 'fast-check';
import { desk, look } from '../desk.ts';
import { type Row, result, spread } from '../row.ts';

const odd = [
  '',
  '.',
  '..',
  '../../../../etc/cron.d/x',
  '/etc/passwd',
  '//x',
  'a/../../b',
  'a/./b',
  'a//b',
  'a/',
  '..\\..\\x',
  'C:\\x',
  'a\0b',
  'a\nb',
  'a\rb',
  'a\u001b[31mb',
  'a\u0085b',
  'a\u2028b',
  '\u202efdp.exe',
  'a\u200bb',
  ' a',
  'a ',
  'a.',
  '-rf',
  '--help',
  '*',
  '?',
  '~',
  '$(id)',
  '`id`',
  'a;b',
  'a|b',
  'a:b',
  'CON',
  'nul.crt',
  'é',
  'e\u0301',
  '名',
  'ß',
  'ﬁ',
  'ı',
  '__proto__',
  'constructor',
  'null',
  'true',
  'no',
  '1.30',
  '{}',
  '[a]',
  '"',
  "'",
  '#',
  'a: b',
  'x'.repeat(256),
  'x'.repeat(5000),
  'plan.json',
  'manifest.json',
  'current',
  'generations',
  '.kubepki',
  'webhook/kube-system/TWO',
  'webhook/kube-system/two',
  'webhook/kube-system/two/x',
  'webhook',
  'ca',
  'CA',
];
const piece = fc.oneof(
  fc.constantFrom(...odd),
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('/', '..', 'a', '\\'),
);
const names = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(''));

/** Names that mean something to a file system, given to every emitter as if all checks had let them pass. */
export const hostileNames: Row = {
  rows: [29],
  what: 'hostile names through each emitter',
  needs: [],
  async run({ all }) {
    const count = all ? 2000 : 250;
    const given = [...new Set([...odd, ...fc.sample(names, { numRuns: 3 * count, seed: 29 })])].slice(0, count);
    const { plan, emitters, layout } = cluster();
    const wrong: string[] = [];
    const seen = { refused: 0, inside: 0, written: 0 };
    const writes: Given[] = [];
    for (const name of given) {
      for (const [what, hostile] of Object.entries(places(plan, name))) {
        for (const emitter of emitters) {
          const one = {
            where: `${emitter.name}, ${what} ${JSON.stringify(name.slice(0, 60))}`,
            name,
            plan: hostile,
            emitter,
            layout,
          };
          const bad = check(one);
          if (bad === undefined) writes.push(one);
          else if (bad === 'refused') seen.refused += 1;
          else wrong.push(`${one.where}: ${bad}`);
        }
      }
    }
    seen.inside = writes.length;
    for (const one of spread(writes, all ? 400 : 25)) {
      const bad = await write(one);
      seen.written += 1;
      wrong.push(...bad.map((each) => `${one.where}: ${each}`));
    }
    const tried = `${given.length} names in ${Object.keys(places(plan, '')).length} places through ${emitters.length} emitters`;
    const did = `${seen.refused} refused, ${seen.inside} inside, ${seen.written} of these written for real`;
    return [
      result(
        {
          row: 29,
          what: 'hostile names in every place that has one, through each emitter',
          target: '0 files outside, 0 overwritten; what is refused is named',
          measured: `${wrong.length} (${tried}: ${did})`,
        },
        { wrong, tried: Math.min(seen.refused, seen.written) },
      ),
    ];
  },
};

type Given = {
  readonly where: string;
  readonly name: string;
  readonly plan: Plan;
  readonly emitter: Emitter;
  readonly layout: Layout;
};

function cluster() {
  const { file, facts } = readClusterValue(
    {
      name: 'prod',
      nodes: [{ name: 'cp-1', addresses: ['10.0.0.11'] }],
      components: { webhook: { services: [{ name: 'one' }, { name: 'two' }] } },
      emitters: { rbac: true, secrets: true },
      users: [{ name: 'jane', groups: ['dev'] }],
    },
    { schema: clusterFileSchema },
  );
  return assemble(file, facts);
}

/** The plan with a name in each place that has one, as if it had passed all checks. */
function places(plan: Plan, name: string): Readonly<Record<string, Plan>> {
  const { cluster } = plan;
  const [first, ...nodes] = cluster.nodes;
  const leaf = (change: (spec: LeafSpec) => Partial<LeafSpec>) => (spec: Spec) =>
    spec.kind === 'leaf' ? { ...spec, ...change(spec) } : spec;
  const hook = 'webhook/kube-system/one';
  return {
    'the cluster': { ...plan, cluster: { ...cluster, name } },
    'the node': renamed(
      { ...plan, cluster: { ...cluster, nodes: first === undefined ? [] : [{ ...first, name }, ...nodes] } },
      (spec) => ('node' in spec && spec.node !== undefined ? { ...spec, node: name } : spec),
    ),
    'the certificate': renamed(plan, (spec) => (spec.name === hook ? { ...spec, name } : spec)),
    'the user': renamed(plan, (spec) => (spec.name === 'user/jane' ? { ...spec, name: `user/${name}` } : spec)),
    "the Secret's namespace": renamed(
      plan,
      leaf(({ secret }) => (secret ? { secret: { ...secret, namespace: name } } : {})),
    ),
    "the Secret's name": renamed(
      plan,
      leaf(({ secret, name: own }) => (secret && own === hook ? { secret: { ...secret, name } } : {})),
    ),
    'the identity': renamed(
      plan,
      leaf(({ bindings }) => ({
        commonName: name,
        organizations: [name],
        bindings: bindings.map(({ to }) => ({ binding: name, clusterRole: name, to: { ...to, name } })),
      })),
    ),
  };
}

function renamed(plan: Plan, change: (spec: Spec) => Spec): Plan {
  const specs = plan.specs
    .map(change)
    .map((spec) => ({ ...spec, id: idOf(spec.name, 'node' in spec ? spec.node : undefined) }));
  return { ...plan, specs };
}

/** What is wrong with what an emitter makes of a name; `refused`: it is refused by name; undefined: all its files are inside. */
function check({ name, plan, emitter, layout }: Given): 'refused' | string | undefined {
  const context = { plan, emitters: [emitter], layout };
  try {
    checkFiles(context);
  } catch (error) {
    if (!(error instanceof PkiError)) return `thrown: ${error instanceof Error ? error.stack : error}`;
    const told = [error.message, ...error.problems.map((each) => `${each.where} ${each.message}`)].join('\n');
    return named(told, name) ? 'refused' : `refused without its name: ${told.slice(0, 200)}`;
  }
  const paths = [...planFiles(context)].map(({ file }) => file.path);
  const outside = paths.find((path) => !resolve('/tree', path).startsWith('/tree/') || path.includes('\0'));
  if (outside !== undefined) return `${JSON.stringify(outside)} is outside`;
  return undefined;
}

/** Whether a text names a name: as it is, in the form in which it can be printed, or as layouts make a file of it. */
function named(text: string, name: string): boolean {
  const start = name.slice(0, 20);
  return [start, start.replaceAll('/', '-'), JSON.stringify(start).slice(1, -1)].some((form) => text.includes(form));
}

/** Writes it, and sees that nothing around the tree was touched. */
async function write({ plan, emitter, layout }: Given): Promise<readonly string[]> {
  const on = desk();
  mkdirSync(on.path('around'));
  on.write('around/mine', 'mine');
  const before = look(on.folder).join('\n');
  const output = openOutput({ folder: on.path('around/pki'), write: true });
  const wrong: string[] = [];
  try {
    const tree = stagedTree(output, { cluster: plan.cluster.name });
    const source = fixtureKeys();
    for await (const _ of generate({ plan, emitters: [emitter], layout, tree, source }));
  } catch (error) {
    if (!(error instanceof PkiError)) wrong.push(`thrown: ${error instanceof Error ? error.stack : error}`);
  } finally {
    output.close();
  }
  const after = look(on.folder).filter((line) => !/^around\/pki[/ ]/.test(line));
  const plain = (lines: readonly string[]) => lines.map((line) => line.replace(/^(around) .*/, '$1')).join('\n');
  if (plain(after) !== plain(before.split('\n'))) wrong.push('something beside the tree was touched');
  on.remove();
  return wrong;
}
