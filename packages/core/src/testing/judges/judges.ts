import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { certificatePem } from '../../sign/index.ts';

/** What others judge: a certificate in DER, the root that it is to be under, and what it is presented as. */
export type Case = {
  readonly der: Uint8Array;
  readonly root: Uint8Array;
  readonly usage: 'server' | 'client' | 'any';
};

/** Why somebody refuses each of many certificates; undefined where it is accepted. */
export type Judge = (cases: readonly Case[], now: Date) => readonly (string | undefined)[];

const purposes = { server: 'sslserver', client: 'sslclient', any: 'any' } as const;
/** So many files are named in one call. */
const batch = 1_000;

/** `openssl verify`, as strict as it can be. */
export const opensslJudge: Judge = (cases, now) => {
  const folder = mkdtempSync(join(tmpdir(), 'kubepki-judge-'));
  try {
    const verdicts = cases.map((): string | undefined => 'refused without a word');
    for (const [index, group] of [...groupsOf(cases)].entries()) {
      writeFileSync(join(folder, `root-${index}`), certificatePem((group[0] as Numbered).its.root));
      for (const { at, its } of group) writeFileSync(join(folder, `${at}`), certificatePem(its.der));
      const { usage } = (group[0] as Numbered).its;
      const how = ['-x509_strict', '-purpose', purposes[usage], '-attime', `${now.getTime() / 1000}`];
      const names = group.map(({ at }) => `${at}`);
      const { stdout, stderr } = spawnSync('openssl', ['verify', ...how, '-CAfile', `root-${index}`, ...names], {
        cwd: folder,
        encoding: 'utf8',
        maxBuffer: 2 ** 26,
      });
      for (const [, at, why] of stderr.matchAll(/(error \d+ at[^\n]*)\nerror (\d+): verification failed/g))
        verdicts[Number(why)] = at;
      for (const [, at] of stdout.matchAll(/^(\d+): OK$/gm)) verdicts[Number(at)] = undefined;
    }
    return verdicts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

type Numbered = { readonly at: number; readonly its: Case };

/** Those of one root and one usage, at most as many as a call can name. */
function* groupsOf(cases: readonly Case[]): Generator<readonly Numbered[]> {
  const groups = new Map<string, Numbered[]>();
  for (const [at, its] of cases.entries()) {
    const key = `${its.usage} ${Buffer.from(its.root).toString('base64')}`;
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push({ at, its });
  }
  for (const group of groups.values())
    for (let from = 0; from < group.length; from += batch) yield group.slice(from, from + batch);
}

/** Go's `crypto/x509`, as Kubernetes uses it; undefined where there is no Go to build it with. */
export function goJudge(): Judge | undefined {
  if (spawnSync('go', ['version']).status !== 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'kubepki-judge-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const program = join(folder, 'verify');
  execFileSync('go', ['build', '-o', program, fileURLToPath(new URL('verify.go', import.meta.url))], { stdio: 'pipe' });
  return (cases, now) => {
    const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
    const input = cases.map(({ root, usage, der }) => `${text(root)} ${usage} ${text(der)}\n`).join('');
    const output = execFileSync(program, [`${now.getTime() / 1000}`], { input, encoding: 'utf8', maxBuffer: 2 ** 26 });
    return output
      .trimEnd()
      .split('\n')
      .map((line) => (line === 'ok' ? undefined : line));
  };
}
