import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { type Desk, desk } from '../desk.ts';
import { nobody } from '../machine.ts';
import { type Row, result } from '../row.ts';
import { must, tiny } from '../scenarios.ts';
import { pair } from '../traces.ts';

/** Reads every file below a folder that it can, again and again, until its input ends; then says what it read. */
const poller = `
const fs = require('fs');
const root = process.argv[1];
let over = false;
let looks = 0, keys = 0, others = 0;
process.stdin.on('data', () => {}).on('end', () => { over = true; });
const walk = (folder) => {
  let entries = [];
  try { entries = fs.readdirSync(folder, { withFileTypes: true }); } catch {}
  for (const entry of entries) {
    const path = folder + '/' + entry.name;
    if (entry.isDirectory()) walk(path);
    else {
      looks += 1;
      let bytes = '';
      try { bytes = fs.readFileSync(path, 'latin1'); } catch {}
      if (bytes.includes('PRIVATE KEY') || bytes.includes('client-key-data')) keys += bytes.length;
      else others += bytes.length;
    }
  }
};
const again = () => {
  walk(root);
  if (over) console.log(JSON.stringify({ looks, keys, others }));
  else setImmediate(again);
};
again();
`;

type Seen = { readonly looks: number; readonly keys: number; readonly others: number };

/** Another user who reads all that he can, while keys are made. */
export const otherUser: Row = {
  rows: [32],
  what: 'another user who polls for keys',
  needs: ['Linux', 'root', 'setpriv'],
  async run({ all }) {
    const on = desk();
    chmodSync(on.folder, 0o755);
    const poll = pollBy(on);
    const rounds = all ? 20 : 1;
    mkdirSync(on.path('root'));
    const seen = await poll(async () => {
      for (let round = 0; round < rounds; round++) await work(on, round);
    });
    const control = await controlled();
    const wrong = [
      ...(seen.keys === 0 ? [] : [`${seen.keys} bytes of files with keys were read`]),
      ...(seen.others > 0 ? [] : ['the poller read nothing at all']),
      ...(control.keys > 0 ? [] : ['the poller does not find a key that all may read']),
    ];
    const read = `${seen.keys} bytes of keys in ${seen.looks} looks at files during ${rounds * 5} runs`;
    return [
      result(
        {
          row: 32,
          what: 'another user who reads what he can while keys are made, in the tree, in place, exported and installed',
          target: '0 bytes of keys (a key with mode 0644: more than 0)',
          measured: `${read} (that key: ${control.keys})`,
        },
        { wrong, tried: seen.looks },
      ),
    ];
  },
};

async function work(on: Desk, round: number): Promise<void> {
  const { tree, place, path } = on;
  on.write('cluster.yaml', { ...pair, users: [{ name: `user-${round}` }] });
  await must(['generate', '-o', tree, '--in-place', place], on);
  await must(['renew', '@w-1', '-o', tree, '--in-place', place], on);
  await must(['export', 'cp-1', path(`out-${round}`), '-o', tree], on);
  await must(['install', '--node', 'w-1', '--root', path('root'), '-o', tree], on);
  await must(['rollback', '-o', tree, '--in-place', place], on);
}

/** The same with a key that everybody may read. */
async function controlled(): Promise<Seen> {
  const on = desk();
  chmodSync(on.folder, 0o755);
  const poll = pollBy(on);
  return poll(async () => {
    on.write('cluster.yaml', tiny('one'));
    await must(['generate', '-o', on.tree], on);
    mkdirSync(on.path('open'));
    writeFileSync(on.path('open/a.key'), '-----BEGIN PRIVATE KEY-----\n', { mode: 0o644 });
  });
}

/** Starts the other user; what is returned lets something happen while he looks, ends him, and tells what he saw. */
function pollBy({ folder }: Desk): (meanwhile: () => Promise<void>) => Promise<Seen> {
  const by = [`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', process.execPath, '-e', poller, folder];
  const child: ChildProcessWithoutNullStreams = spawn('setpriv', by, { cwd: '/' });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk;
  });
  const over = new Promise<void>((resolve) => child.on('close', () => resolve()));
  return async (meanwhile) => {
    try {
      await meanwhile();
    } finally {
      child.stdin.end();
      await over;
    }
    return JSON.parse(out) as Seen;
  };
}
