import { create } from './create.ts';
import { Failure } from './failure.ts';
import { type Kind, kinds, namesOf } from './names.ts';

/** What is printed, and the code to end with. */
export type Result = { readonly exitCode: number; readonly stdout?: string; readonly stderr?: string };

const usage = `usage: npm create kubepki component NAME    a plugin that plans certificates
       npm create kubepki emitter NAME      a plugin that writes files
       npm create kubepki generator NAME    a program of your own, made from plugins
`;

/** Does what the arguments say. */
export function run(args: readonly string[], cwd: string): Result {
  if (args.includes('--help') || args.includes('-h')) return { exitCode: 0, stdout: usage };
  try {
    return { exitCode: 0, stdout: made(args, cwd) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { message, hint, exitCode } = error;
    const lines = [`error: ${message}`, ...(hint === undefined ? [] : [`hint: ${hint}`]), ''].join('\n');
    return { exitCode, stderr: exitCode === 64 ? lines + usage : lines };
  }
}

function made([kind, name, ...stray]: readonly string[], cwd: string): string {
  if (kind === undefined) throw wrong('it is not said what to make');
  if (!isKind(kind)) throw wrong(`${JSON.stringify(kind)} is nothing that can be made`);
  if (name === undefined || name.startsWith('-')) throw wrong(`the ${kind} needs a name`);
  if (stray.length > 0) throw wrong(`${JSON.stringify(stray[0])} is one argument too many`);
  const names = namesOf(kind, name);
  const files = create(kind, { names, cwd });
  const commands = [`cd ${names.folder}`, 'npm install', 'npm test', ...(kind === 'generator' ? ['npm start'] : [])];
  return `${names.folder} has ${files.length} files; begin with README.md. Next:\n\n${commands.map((one) => `  ${one}\n`).join('')}`;
}

function isKind(text: string): text is Kind {
  return (kinds as readonly string[]).includes(text);
}

function wrong(message: string): Failure {
  return new Failure(message, { exitCode: 64 });
}
