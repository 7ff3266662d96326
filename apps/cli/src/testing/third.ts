import type { ExecutionContext } from 'ava';
import { type Desk, one } from './program.ts';
import { project } from './project.ts';

/** What the configs below import, and short names for what a third party might write. */
const imports = `
import { authority, client, defineComponent, defineEmitter, keyPair, server } from '@kubepki/core';
import { z } from 'zod';
const options = z.strictObject({});
const component = (name, plan) => defineComponent({ name, options, plan });
const emitter = (name, its) => defineEmitter({ name, options, emitter: () => ({ *files() {}, render: () => '', ...its }) });
const file = { path: 'third', mode: 0o644, secret: false, holds: [] };
const leaf = { kind: 'leaf', issuer: 'cluster/client', commonName: 'y' };
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
