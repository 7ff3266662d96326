import { existsSync } from 'node:fs';
import { type Desk, desk } from './desk.ts';
import { illTold, kubepki, type Ran } from './program.ts';
import { hashesOf, kept, leftovers, notInPlace, sha256, stateOf } from './tree.ts';
import { filesIn } from './walk.ts';

/** A run that changes a tree, what was there before, and what is there after it. */
export type Scenario = {
  readonly name: string;
  /** The generation that is current before, and the one after. */
  readonly before: number;
  readonly after: number;
  prepare(on: Desk): Promise<void>;
  args(on: Desk): readonly string[];
  /** Set where doing it again is refused, since it is done. */
  readonly once?: true;
};

/** A cluster of an authority and some servers, which is as small as a PKI can be and has everything that files can be. */
export function tiny(...services: readonly string[]): object {
  const off = ['etcd', 'front-proxy', 'service-account', 'apiserver', 'controller-manager', 'scheduler', 'kubelet'];
  return {
    name: 'tiny',
    nodes: [{ name: 'cp-1', addresses: ['10.0.0.11'] }],
    keys: 'ecdsa-p256',
    components: {
      ...Object.fromEntries([...off, 'kube-proxy', 'admin'].map((name) => [name, false])),
      webhook: { services: services.map((name) => ({ name })) },
    },
  };
}

export async function must(args: readonly string[], on: Desk): Promise<Ran> {
  const ran = await kubepki(args, { cwd: on.folder });
  if (ran.code !== 0) throw new Error(`kubepki ${args.join(' ')} failed: ${ran.stderr}`);
  return ran;
}

const generate = ({ tree }: Desk) => ['generate', '-o', tree];
const inPlace = ({ tree, place }: Desk) => ['generate', '-o', tree, '--in-place', place];

async function grow(on: Desk, { place }: { readonly place: boolean }): Promise<void> {
  on.write('cluster.yaml', tiny('one'));
  await must(place ? inPlace(on) : generate(on), on);
  on.write('cluster.yaml', tiny('one', 'two'));
}

export const scenarios: readonly Scenario[] = [
  {
    name: 'generate, first',
    before: 0,
    after: 1,
    prepare: async (on) => on.write('cluster.yaml', tiny('one')),
    args: generate,
  },
  { name: 'generate, again', before: 1, after: 2, prepare: (on) => grow(on, { place: false }), args: generate },
  {
    name: 'renew',
    before: 1,
    after: 2,
    prepare: (on) => grow(on, { place: false }),
    args: ({ tree }) => ['renew', 'webhook/kube-system/one', '--keep', '1', '-o', tree],
  },
  { name: 'in place, first', before: 1, after: 2, prepare: (on) => grow(on, { place: false }), args: inPlace },
  { name: 'in place, again', before: 1, after: 2, prepare: (on) => grow(on, { place: true }), args: inPlace },
  {
    name: 'rollback',
    before: 2,
    after: 1,
    async prepare(on) {
      await grow(on, { place: false });
      await must(generate(on), on);
    },
    args: ({ tree }) => ['rollback', '1', '-o', tree],
    once: true,
  },
  {
    name: 'rollback in place',
    before: 2,
    after: 1,
    async prepare(on) {
      await grow(on, { place: true });
      await must(inPlace(on), on);
    },
    args: ({ tree, place }) => ['rollback', '1', '-o', tree, '--in-place', place],
    once: true,
  },
];

const templates = new Map<string, Promise<Desk>>();

/** A desk as it is before a scenario. */
export async function prepared(scenario: Scenario): Promise<Desk> {
  const made = templates.get(scenario.name) ?? prepare(scenario);
  templates.set(scenario.name, made);
  return desk(await made);
}

async function prepare(scenario: Scenario): Promise<Desk> {
  const on = desk();
  await scenario.prepare(on);
  return on;
}

/** What is wrong after a run that met a fault. A run that was killed could not say anything. */
export function wrongAfter(
  scenario: Scenario,
  { on, ran }: { readonly on: Desk; readonly ran: Ran },
): readonly string[] {
  // The fault came to its report instead, where that alone can be told.
  const mute = /^error: stdout cannot be written/.test(ran.stderr);
  const { generation, wrong } = stateOf(on.tree);
  const { before, after } = scenario;
  const known = generation === before || generation === after;
  return [
    ...wrong,
    ...(known ? [] : [`generation ${generation} is current`]),
    ...(ran.code === 0 && generation !== after ? ['exit 0, and nothing was done'] : []),
    ...(ran.code === 0 && usesPlace(scenario, on) ? notInPlace(on.tree, on.place) : []),
    ...(ran.code !== undefined && ran.code !== 0 && !mute ? illTold(ran, pathIn(ran, on)) : []),
    ...(ran.code !== undefined && ran.code !== 0 && ran.code !== 74 ? [`exit ${ran.code}: ${ran.stderr}`] : []),
    ...(ran.code !== undefined &&
    ran.code !== 0 &&
    generation === after &&
    before !== after &&
    !mute &&
    !/is (made and )?current/.test(ran.stderr)
      ? [`exit ${ran.code} does not say that the new generation is current: ${ran.stderr}`]
      : []),
    ...mixed(on),
  ];
}

/** What is wrong after one more run, without a fault: it does what the other was to do, and leaves nothing else. */
export async function wrongAfterNext(
  scenario: Scenario,
  on: Desk,
): Promise<{ readonly wrong: readonly string[]; readonly left: readonly string[] }> {
  const done = scenario.once === true && stateOf(on.tree).generation === scenario.after && !usesPlace(scenario, on);
  const ran = await kubepki(scenario.args(on), { cwd: on.folder });
  const { generation, wrong } = stateOf(on.tree);
  const refused = ran.code === 64 && done;
  return {
    wrong: [
      ...wrong,
      ...(ran.code === 0 || refused ? [] : [`the next run ends with ${ran.code}: ${ran.stderr}`]),
      ...(generation < scenario.after ? [`after the next run generation ${generation} is current`] : []),
      ...(usesPlace(scenario, on) ? notInPlace(on.tree, on.place) : []),
    ].map((one) => `after the next run: ${one}`),
    left: [...leftovers(on.folder), ...strayKeys(on), ...(kept(on.tree).length > 3 ? ['too many generations'] : [])],
  };
}

/** What verifies a generation names its files as the manifest does. */
function pathIn({ stderr }: Ran, { folder }: Desk): string {
  return stderr.includes('not as planned')
    ? (/(authorities|servers)\/[\w/-]+\.\w+/.exec(stderr)?.[0] ?? folder)
    : folder;
}

function usesPlace({ args }: Scenario, on: Desk): boolean {
  return args(on).includes('--in-place');
}

/** A file in place is of one run or the other; where they are of both, a journal says what follows. */
function mixed({ tree, place }: Desk): readonly string[] {
  if (!existsSync(place)) return [];
  const known = hashesOf(tree);
  const files = filesIn(place).filter((path) => !path.startsWith('.kubepki-in-place/') && !path.endsWith('.tmp'));
  const torn = files.filter((path) => !known.has(`${path} ${sha256(`${place}/${path}`)}`));
  const state = `${place}/.kubepki-in-place`;
  const records = existsSync(`${state}/journal.json`) || files.length === 0 || wholeFor({ tree, place });
  return [
    ...torn.map((path) => `in place: ${path} is torn`),
    ...(records ? [] : ['in place: files of two runs, and no journal']),
  ];
}

function wholeFor({ tree, place }: Pick<Desk, 'tree' | 'place'>): boolean {
  return kept(tree).some((number) => {
    const generation = `${tree}/generations/${String(number).padStart(4, '0')}`;
    const names = (folder: string) =>
      filesIn(folder)
        .filter((path) => !/^(plan|manifest)\.json$|^\.kubepki-in-place\/|\.tmp$/.test(path))
        .map((path) => `${path} ${sha256(`${folder}/${path}`)}`)
        .sort()
        .join();
    return names(generation) === names(place);
  });
}

/** Files with a private key that lie neither in a generation that is kept nor in place. */
function strayKeys(on: Desk): readonly string[] {
  return filesIn(on.folder)
    .filter((path) => !/^pki\/generations\/\d{4,}\//.test(path) && !path.startsWith('place/'))
    .filter((path) => path.endsWith('.key'))
    .map((path) => `${path} is left`);
}

/** Those of them that every run of the tests meets faults in. */
export const quick = scenarios.filter(({ name }) => ['renew', 'rollback in place'].includes(name));
