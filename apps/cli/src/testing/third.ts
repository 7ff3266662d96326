import test, { type ExecutionContext } from 'ava';
import { type Desk, one } from './program.ts';
import { project } from './project.ts';

/** What the configs below import, and short names for what a third party might write. */
const imports = `
import { authority, client, defineComponent, defineEmitter, elsewhere, keyPair, server } from '@kubepki/core';
import * as core from '@kubepki/core';
import { z } from 'zod';
const options = z.strictObject({});
const component = (name, plan) => defineComponent({ name, options, plan });
const emitter = (name, its) => defineEmitter({ name, options, emitter: () => ({ *files() {}, render: () => '', ...its }) });
const file = { path: 'third', mode: 0o644, secret: false, holds: [] };
const once = (...files) => emitter('third', { files: ({ node }) => (node ? [] : files) });
const leaf = { kind: 'leaf', issuer: 'cluster/client', commonName: 'y' };
const sans = { dns: ['y'], ips: [] };
`;

/** A project whose config has these fields. */
export function withThird(t: ExecutionContext, code: string): Desk {
  const own = project(t);
  own.write('cluster.yaml', one);
  own.write('kubepki.config.mjs', `${imports}export default { ${code} };`);
  return own;
}

export type Failure = {
  code: string;
  message: string;
  hint: string | null;
  problems: { where: string; message: string; hint?: string }[];
};

/** The failure of a run that changed nothing. */
export async function failure(
  t: ExecutionContext,
  own: Desk,
  args: readonly string[] = ['generate'],
): Promise<Failure> {
  const before = own.look();
  const { status, stdout, stderr } = await own.kubepki([...args, '--json']);
  t.is(status, 65, stderr);
  t.notRegex(stderr, /^ +at /m, 'a stack was printed');
  t.deepEqual(own.look(), before);
  return JSON.parse(stdout).error;
}

/** A rule that a plugin breaks: by what, what is said of it (`where: message`), and what the hint says. */
export type Rule = readonly [code: string, says: string, hints: RegExp];

/** Each rule is broken in one run, which says all of it and nothing else, each with what to do, and changes nothing. */
export async function everyRule(
  t: ExecutionContext,
  rules: readonly Rule[],
  { code, own }: { readonly code: string; readonly own: Desk },
): Promise<void> {
  const error = await failure(t, own);
  t.is(error.code, code);
  const said = new Map(error.problems.map(({ where, message, hint = '' }) => [`${where}: ${message}`, hint]));
  for (const [, says, hints] of rules) {
    t.true(said.has(says), `${says}\nis not in\n${[...said.keys()].join('\n')}`);
    t.regex(said.get(says) ?? '', hints, says);
    said.delete(says);
  }
  t.deepEqual([...said.keys()], []);
}

/** A config whose one component yields all of this. */
export function yielding(t: ExecutionContext, rules: readonly Rule[]): Desk {
  const specs = rules.map(([code]) => code).filter((code) => code !== '');
  return withThird(t, `components: [component('third', function* () { yield* [${specs.join(',\n')}]; })]`);
}

/** A title, the config, and what is said: `code message` and the hint. */
export type Faults = Readonly<Record<string, readonly [code: string, says: RegExp]>>;

/** Each of these faults is one error that says whose it is and what to do. */
export function testFaults(faults: Faults): void {
  for (const [what, [code, says]] of Object.entries(faults)) {
    test(`The error for ${what} says whose fault it is and what to do, and nothing is written`, async (t) => {
      const { code: is, message, hint } = await failure(t, withThird(t, code));
      t.regex(`${is} ${message}\n${hint}`, says);
      t.truthy(hint);
    });
  }
}
