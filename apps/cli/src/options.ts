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
  html: { type: 'boolean' },
  format: { type: 'string' },
  node: { type: 'string' },
  'dry-run': { type: 'boolean' },
  'discard-edits': { type: 'boolean' },
  'in-place': { type: 'string' },
  keep: { type: 'string' },
  root: { type: 'string' },
  exec: { type: 'boolean' },
  'keep-keys': { type: 'boolean' },
  'same-key': { type: 'boolean' },
  'no-verify': { type: 'boolean' },
  all: { type: 'boolean' },
  profile: { type: 'string' },
  'fail-under': { type: 'string' },
  metrics: { type: 'string' },
  fingerprints: { type: 'boolean' },
  from: { type: 'string', multiple: true },
  'from-kubeadm': { type: 'string' },
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
  /** Whether a plan is drawn as a page. */
  readonly html: boolean;
  /** What is drawn: a page, or a picture in some language. Or what a node's files are written as. */
  readonly format?: string;
  readonly node?: string;
  readonly dryRun: boolean;
  /** Whether files that somebody changed are written again as they were, or what they held is made anew. */
  readonly discardEdits: boolean;
  /** The folder that gets the files at fixed names, where that is asked for. */
  readonly inPlace?: string;
  /** How many generations are kept; `Infinity`: all. */
  readonly keep: number;
  /** The folder that stands for a node's `/`, where it is another. */
  readonly root?: string;
  /** Whether what has to be restarted is. */
  readonly exec: boolean;
  /** For a renewal: whether leaves keep their keys, and whether authorities may be named, which always do. */
  readonly keepKeys: boolean;
  readonly sameKey: boolean;
  /** Whether what is made is verified before it becomes current. */
  readonly verify: boolean;
  /** Whether every connection is tried, or every certificate shown, however many nodes there are. */
  readonly all: boolean;
  /** The folders and archives of a PKI that a cluster file is to describe; more may stand among the words. */
  readonly from?: readonly string[];
  /** The file with kubeadm's configuration that a cluster file is made of. */
  readonly fromKubeadm?: string;
  /** Whose waivers count, where it is named. */
  readonly profile?: string;
  /** The time, as a duration, that every certificate is to have left. */
  readonly failUnder?: string;
  /** The file that metrics are written to. */
  readonly metrics?: string;
  /** Whether fingerprints are shown on a terminal. */
  readonly fingerprints: boolean;
};
