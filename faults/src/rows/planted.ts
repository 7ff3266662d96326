import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, linkSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { type Desk, desk, look } from '../desk.ts';
import { nobody } from '../machine.ts';
import { illTold, kubepki } from '../program.ts';
import { each, type Row, result } from '../row.ts';
import { must, tiny } from '../scenarios.ts';

/** What somebody planted, and the run that meets it. `outside` is a folder with a file `mine`, which is to stay as it is. */
type Layout = { readonly name: string; plant(on: Desk): void; readonly args?: (on: Desk) => readonly string[] };

const generate = ({ tree }: Desk) => ['generate', '-o', tree];
const inPlace = ({ tree, place }: Desk) => ['generate', '-o', tree, '--in-place', place];
const keysApart = ({ path }: Desk) => ['generate', '-o', path('new'), '--authority-keys', path('keys')];
const exported = ({ tree, path }: Desk) => ['export', 'cp-1', path('out'), '-o', tree];

const linked =
  (path: string, to = 'outside') =>
  (on: Desk) => {
    rmSync(on.path(path), { recursive: true, force: true });
    symlinkSync(on.path(to), on.path(path));
  };
const piped = (path: string) => (on: Desk) => {
  rmSync(on.path(path), { recursive: true, force: true });
  spawnSync('mkfifo', [on.path(path)]);
};
const foreign = (path: string) => (on: Desk) => chownSync(on.path(path), nobody, nobody);
const open = (path: string) => (on: Desk) => chmodSync(on.path(path), 0o777);

const generation = 'pki/generations/0001';
const layouts: readonly Layout[] = [
  { name: 'the output folder is a link', plant: linked('pki') },
  { name: 'the output folder is a link to nothing', plant: linked('pki', 'nowhere') },
  { name: 'the output folder is a pipe', plant: piped('pki') },
  { name: 'the output folder is of another user', plant: foreign('pki') },
  { name: 'everybody may write into the output folder', plant: open('pki') },
  { name: 'everybody may write beside the output folder', plant: (on) => chmodSync(on.folder, 0o777) },
  { name: 'the marker is a link', plant: linked('pki/.kubepki', 'outside/mine') },
  { name: 'the marker is a pipe', plant: piped('pki/.kubepki') },
  {
    name: 'the marker is a hard link to another file',
    plant(on) {
      rmSync(on.path('pki/.kubepki'));
      linkSync(on.path('outside/mine'), on.path('pki/.kubepki'));
    },
  },
  { name: 'the generations are a link', plant: linked('pki/generations') },
  { name: 'the generations are of another user', plant: foreign('pki/generations') },
  { name: 'everybody may write into the generations', plant: open('pki/generations') },
  { name: 'current leads elsewhere', plant: linked('pki/current') },
  { name: 'the generation is a link', plant: linked(generation) },
  { name: 'the manifest is a link', plant: linked(`${generation}/manifest.json`, 'outside/mine') },
  { name: 'the manifest is a pipe', plant: piped(`${generation}/manifest.json`) },
  { name: "the authority's key is a link", plant: linked(`${generation}/authorities/ca.key`, 'outside/mine') },
  { name: "the authority's key is a pipe", plant: piped(`${generation}/authorities/ca.key`) },
  {
    name: "the authority's key is a hard link to another file",
    plant(on) {
      rmSync(on.path(`${generation}/authorities/ca.key`));
      linkSync(on.path('outside/mine'), on.path(`${generation}/authorities/ca.key`));
    },
  },
  { name: 'the folder in place is a link', plant: linked('place'), args: inPlace },
  { name: 'the folder in place is of another user', plant: foreign('place'), args: inPlace },
  { name: 'everybody may write into the folder in place', plant: open('place'), args: inPlace },
  { name: 'a folder in place is a link', plant: linked('place/servers/webhook'), args: inPlace },
  { name: 'a folder in place is of another user', plant: foreign('place/servers/webhook'), args: inPlace },
  { name: 'a key in place is a link', plant: linked('place/authorities/ca.key', 'outside/mine'), args: inPlace },
  { name: 'a key in place is a pipe', plant: piped('place/authorities/ca.key'), args: inPlace },
  { name: 'what is remembered in place is a link', plant: linked('place/.kubepki-in-place'), args: inPlace },
  {
    name: 'the record in place is a link',
    plant: linked('place/.kubepki-in-place/record.json', 'outside/mine'),
    args: inPlace,
  },
  { name: 'the journal in place is a pipe', plant: piped('place/.kubepki-in-place/journal.json'), args: inPlace },
  { name: 'the lock in place is a link', plant: linked('place/.kubepki-in-place/lock', 'outside/mine'), args: inPlace },
  { name: 'the lock in place is a pipe', plant: piped('place/.kubepki-in-place/lock'), args: inPlace },
  { name: "the folder of the authorities' keys is a link", plant: linked('keys'), args: keysApart },
  {
    name: "an authority's key apart is a link",
    plant(on) {
      mkdirSync(on.path('keys'), { mode: 0o700 });
      linked('keys/ca.key', 'outside/mine')(on);
    },
    args: keysApart,
  },
  {
    name: "an authority's key apart is a pipe",
    plant(on) {
      mkdirSync(on.path('keys'), { mode: 0o700 });
      piped('keys/ca.key')(on);
    },
    args: keysApart,
  },
  { name: 'the folder of an export is a link', plant: linked('out'), args: exported },
  { name: 'the folder of an export is a pipe', plant: piped('out'), args: exported },
];

/** Links, pipes and folders of others where the program writes. */
export const planted: Row = {
  rows: [33],
  what: 'planted links, pipes and owners',
  needs: ['Linux', 'root'],
  async run() {
    const before = desk();
    before.write('cluster.yaml', { ...tiny('one') });
    mkdirSync(before.path('outside'));
    before.write('outside/mine', 'mine\n');
    await must(inPlace(before), before);
    before.write('cluster.yaml', tiny('one', 'two'));
    const wrong: string[] = [];
    await each(layouts, async (layout) => {
      wrong.push(...(await refusal(layout, before)).map((one) => `${layout.name}: ${one}`));
    });
    const bad = new Set(wrong.map((one) => one.split(': ')[0])).size;
    return [
      result(
        {
          row: 33,
          what: 'links, hard links, pipes and owners that somebody planted',
          target: 'all refused, and nothing is touched',
          measured: `${layouts.length - bad} of ${layouts.length}`,
        },
        { wrong, tried: layouts.length },
      ),
    ];
  },
};

async function refusal({ plant, args = generate }: Layout, before: Desk): Promise<readonly string[]> {
  const on = desk(before);
  plant(on);
  const seen = look(on.folder).join('\n');
  const ran = await kubepki(args(on), { cwd: on.folder });
  const after = look(on.folder).join('\n');
  const wrong = [
    ...(ran.code === 65 || ran.code === 74 ? illTold(ran, '') : [`exit ${ran.code}: ${ran.stdout}${ran.stderr}`]),
    ...(seen === after ? [] : ['something was touched']),
    ...(readFileSync(on.path('outside/mine'), 'utf8') === 'mine\n' ? [] : ['what it leads to was changed']),
  ];
  on.remove();
  return wrong;
}
