/** Every option of every command, as `parseArgs` takes them. */
export const options = {
  file: { type: 'string', short: 'f' },
  config: { type: 'string' },
  'no-config': { type: 'boolean' },
  output: { type: 'string', short: 'o' },
  'authority-keys': { type: 'string' },
  json: { type: 'boolean' },
  connections: { type: 'boolean' },
  flags: { type: 'boolean' },
  node: { type: 'string' },
  'dry-run': { type: 'boolean' },
  'no-verify': { type: 'boolean' },
  all: { type: 'boolean' },
  profile: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

export type OptionName = keyof typeof options;

/** What the arguments say, with defaults filled in. */
export type Args = {
  /** The words behind the command. */
  readonly words: readonly string[];
  /** The cluster file, where it is named. */
  readonly file?: string;
  /** The config that is named; false: none is wanted. */
  readonly config?: string | false;
  readonly output: string;
  /** The folder of the authorities' keys, where they have one of their own. */
  readonly authorityKeys?: string;
  readonly json: boolean;
  readonly connections: boolean;
  readonly flags: boolean;
  readonly node?: string;
  readonly dryRun: boolean;
  /** Whether what is made is verified before it becomes current. */
  readonly verify: boolean;
  /** Whether every connection is tried, however many nodes there are. */
  readonly all: boolean;
  /** Whose waivers count, where it is named. */
  readonly profile?: string;
};
