import { mkdirSync, readFileSync } from 'node:fs';
import { type Desk, desk } from '../desk.ts';
import { kubepki } from '../program.ts';
import { each, type Row, result } from '../row.ts';
import { must, tiny } from '../scenarios.ts';
import { leaks, secretsIn, watchKey, watchText } from '../secrets.ts';
import { strace } from '../strace.ts';
import { pair } from '../traces.ts';
import { filesIn } from '../walk.ts';
import { type Case, inputs, passphrase } from './secret-inputs.ts';

/** Where the authority's key may be: where it was given from, and where a control plane has it. */
const homes = /(^|\/)ca\.key$/;

/** A private key, and a passphrase, in every input; then a search of everything that comes out. */
export const secret: Row = {
  rows: [34],
  what: 'a private key in every input',
  needs: ['Linux', 'strace'],
  async run({ all }) {
    const { base, key } = await given();
    watchKey(key);
    watchText(passphrase);
    const cases = inputs(key).filter((_, index) => all || index % 7 === 0);
    const wrong: string[] = [];
    let children = 0;
    await each(cases.entries(), async ([index, one]) => {
      const found = await search(one, { base, debug: index % 2 === 0 });
      wrong.push(...found.wrong.map((each) => `${one.name}: ${each}`));
      children += found.children;
    });
    const { outputs, found } = leaks();
    const where = `${cases.length} inputs, ${outputs} outputs of this and the other rows, ${children} programs started`;
    return [
      result(
        {
          row: 34,
          what: "an authority's key and a passphrase in every input, with KUBEPKI_DEBUG=1 and --json too",
          target: '0 bytes in outputs, arguments, environments and other files, as PEM, base64, hex or DER',
          measured: `${wrong.length + found.length} (${where})`,
        },
        { wrong: [...found, ...wrong], tried: Math.min(cases.length, children) },
      ),
    ];
  },
};

/** A cluster whose authority somebody gave, and that authority's key. */
async function given(): Promise<{ readonly base: Desk; readonly key: string }> {
  const maker = desk();
  maker.write('cluster.yaml', tiny('one'));
  await must(['generate', '-o', maker.tree], maker);
  const read = (name: string) => readFileSync(`${maker.tree}/current/authorities/${name}`, 'utf8');
  const base = desk();
  mkdirSync(base.path('root'));
  base.write('ca.key', read('ca.key'));
  base.write('ca.crt', read('ca.crt'));
  base.write('cluster.yaml', { ...pair, authorities: { ca: { certificate: 'ca.crt', key: 'ca.key' } } });
  await must(['generate', '-o', base.tree, '--in-place', base.place], base);
  return { base, key: read('ca.key') };
}

async function search(
  { name, make, args, env = {}, input = '', archive = false }: Case,
  { base, debug }: { readonly base: Desk; readonly debug: boolean },
): Promise<{ readonly wrong: readonly string[]; readonly children: number }> {
  const on = desk(base);
  make?.(on);
  const planted = new Set(filesIn(on.folder).filter((path) => holds(on.path(path))));
  const log = `${on.folder}.log`;
  const by = strace({ log, follow: true, trace: 'execve', whole: true });
  const words = args(on);
  const all = { TMPDIR: on.path('tmp'), ...env, ...(debug ? { KUBEPKI_DEBUG: '1' } : {}) };
  await kubepki(words, { cwd: on.folder, env: all, input, archive, name, by });
  const started = readFileSync(log, 'latin1')
    .split('\n')
    .filter((line) => /execve\(/.test(line));
  const own = started.slice(1); // the first is the program itself, with what it was given
  const told = [...words, ...Object.values(env)].some((text) => secretsIn(text).length > 0);
  const wrong = [
    ...(told ? [] : own.flatMap((line) => secretsIn(line).map((what) => `${what} in ${line.slice(0, 80)}`))),
    ...filesIn(on.folder)
      .filter((path) => !homes.test(path) && !planted.has(path))
      .filter((path) => holds(on.path(path)))
      .map((path) => `${path} has it`),
  ];
  on.remove();
  return { wrong, children: started.length };
}

/** Other keys are where they belong; this is about the one that was given. */
function holds(path: string): boolean {
  try {
    return secretsIn(readFileSync(path)).some((what) => what !== 'a private key');
  } catch {
    return false; // a link to nothing, or a folder behind a link
  }
}
