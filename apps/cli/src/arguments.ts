import { parseArgs } from 'node:util';
import { type CommandName, commands, isCommand } from './commands.ts';
import { usage } from './failure.ts';
import { type Args, type OptionName, options } from './options.ts';

/** What the arguments ask for. */
export type Request =
  | { readonly kind: 'version' }
  | { readonly kind: 'help'; readonly command?: CommandName }
  | { readonly kind: 'run'; readonly command: CommandName; readonly args: Args };

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the arguments. @throws AppError with what was probably meant */
export async function parseArguments(argv: readonly string[], env: Environment): Promise<Request> {
  refuseKeys([...argv, env.KUBEPKI_AUTHORITY_KEYS ?? '']);
  await refuseLostOptions(env);
  const { values, positionals, tokens } = await parse(argv);
  const [word, ...words] = positionals[0] === 'help' ? positionals.slice(1) : positionals;
  if (values.version && word === undefined) return { kind: 'version' };
  const help = values.help === true || positionals[0] === 'help';
  if (word === undefined) {
    if (help) return { kind: 'help' };
    throw usage('NO_COMMAND', 'no command is given', 'kubepki --help lists them');
  }
  if (!isCommand(word)) throw await unknownCommand(word, env);
  if (help) return { kind: 'help', command: word };
  const command = commands[word];
  for (const token of tokens) {
    if (token.kind === 'option') refuseForeign(token.name as OptionName, { word, allowed: command.options });
  }
  const stray = words[command.words];
  if (stray !== undefined) {
    throw usage(
      'STRAY_ARGUMENT',
      `${word} takes no argument ${JSON.stringify(stray)}`,
      npmHint(env) ?? `kubepki ${word} --help`,
    );
  }
  return { kind: 'run', command: word, args: argsOf(values, { words, env }) };
}

type Values = Awaited<ReturnType<typeof parse>>['values'];

function argsOf(
  values: Values,
  { words, env }: { readonly words: readonly string[]; readonly env: Environment },
): Args {
  for (const [name, value] of Object.entries(values)) {
    if (value === '') throw usage('EMPTY_VALUE', `--${name} has an empty value`);
  }
  if (values.output === 'json') {
    throw usage(
      'OUTPUT_JSON',
      '-o names the output folder; did you mean --json?',
      'for a folder of that name write -o ./json',
    );
  }
  if (values.config !== undefined && values['no-config']) {
    throw usage('BAD_OPTION', '--config and --no-config cannot be together');
  }
  const config = values['no-config'] ? false : values.config;
  const authorityKeys = values['authority-keys'] ?? (env.KUBEPKI_AUTHORITY_KEYS || undefined);
  return {
    words,
    output: values.output ?? 'pki',
    json: values.json ?? false,
    connections: values.connections ?? false,
    flags: values.flags ?? false,
    html: values.html ?? false,
    dryRun: values['dry-run'] ?? false,
    discardEdits: values['discard-edits'] ?? false,
    keep: keepOf(values.keep),
    exec: values.exec ?? false,
    keepKeys: values['keep-keys'] ?? false,
    sameKey: values['same-key'] ?? false,
    verify: !values['no-verify'],
    all: values.all ?? false,
    fingerprints: values.fingerprints ?? false,
    ...(values.file === undefined ? {} : { file: values.file }),
    ...(config === undefined ? {} : { config }),
    ...(authorityKeys === undefined ? {} : { authorityKeys }),
    ...(values.format === undefined ? {} : { format: values.format }),
    ...(values.node === undefined ? {} : { node: values.node }),
    ...(values['in-place'] === undefined ? {} : { inPlace: values['in-place'] }),
    ...(values.root === undefined ? {} : { root: values.root }),
    ...(values.profile === undefined ? {} : { profile: values.profile }),
    ...(values.from === undefined ? {} : { from: values.from }),
    ...(values['from-kubeadm'] === undefined ? {} : { fromKubeadm: values['from-kubeadm'] }),
    ...(values['fail-under'] === undefined ? {} : { failUnder: values['fail-under'] }),
    ...(values.metrics === undefined ? {} : { metrics: values.metrics }),
  };
}

/** How many generations are kept: three, unless it is said. */
function keepOf(word = '3'): number {
  if (word === 'all') return Number.POSITIVE_INFINITY;
  if (/^[1-9]\d{0,8}$/.test(word)) return Number(word);
  throw usage(
    'BAD_OPTION',
    `--keep ${word} is no number of generations`,
    'a number from 1 on, the current one counted, or all',
  );
}

async function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true, tokens: true });
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (!code.startsWith('ERR_PARSE_ARGS')) throw error;
    const unknown = code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' ? /'(-[^']*)'/.exec(message)?.[1] : undefined;
    if (unknown === undefined) throw usage('BAD_OPTION', message.split('\n')[0]?.replace(/\.$/, '') ?? message);
    const near = await nearest(unknown.replace(/^-+/, ''), Object.keys(options));
    throw usage(
      'UNKNOWN_OPTION',
      `unknown option ${unknown}${near === undefined ? '' : `; did you mean --${near}?`}`,
      'kubepki --help lists the options',
    );
  }
}

async function unknownCommand(word: string, env: Environment) {
  const near = await nearest(word, Object.keys(commands));
  const meant = near === undefined ? '' : `; did you mean ${near}?`;
  return usage(
    'UNKNOWN_COMMAND',
    `unknown command ${JSON.stringify(word)}${meant}`,
    npmHint(env) ?? 'kubepki --help lists the commands',
  );
}

/** Loaded only where it is needed, since core is large. */
async function nearest(word: string, known: readonly string[]): Promise<string | undefined> {
  return (await import('@kubepki/core')).nearest(word, known);
}

function refuseForeign(
  name: OptionName,
  { word, allowed }: { readonly word: CommandName; readonly allowed: readonly OptionName[] },
): void {
  if (allowed.includes(name) || name === 'help' || name === 'version') return;
  const owners = Object.entries(commands).filter(([, command]) => command.options.includes(name));
  throw usage(
    'FOREIGN_OPTION',
    `${word} has no option --${name}`,
    `it belongs to ${owners.map(([owner]) => owner).join(' and ')}`,
  );
}

/** What stands in the arguments is repeated in messages, and a private key never is. */
function refuseKeys(words: readonly string[]): void {
  if (!words.some((word) => word.includes('PRIVATE KEY-----'))) return;
  throw usage(
    'KEY_AS_ARGUMENT',
    'a word of the command line holds a private key',
    'name the file that it is in; other users may have seen this one, and a shell remembers it',
  );
}

function npmHint(env: Environment): string | undefined {
  return env.KUBEPKI_VIA_NPM === '1' ? 'put `--` after start: npm start -- …' : undefined;
}

/** Without `--` npm takes options for its own, and a dry run would become a real one. */
async function refuseLostOptions(env: Environment): Promise<void> {
  if (env.KUBEPKI_VIA_NPM !== '1') return;
  const lost = Object.entries(options)
    .flatMap(([name, option]) => ('short' in option ? [name, option.short] : [name]))
    .find(
      (name) => !['help', 'h', 'version', 'f'].includes(name) && npmNames(name).some((each) => env[each] !== undefined),
    );
  if (lost === undefined) return;
  const option = lost.length === 1 ? `-${lost}` : `--${lost}`;
  throw usage('LOST_OPTION', `npm took the option ${option} for its own`, npmHint(env));
}

/** How npm names an option that it took. To it `--no-x` is an `x` that is false. */
function npmNames(name: string): readonly string[] {
  return [name, name.replace(/^no-/, '')].map((each) => `npm_config_${each.replaceAll('-', '_')}`);
}
