import type { OptionName } from './options.ts';

/** What a command accepts. What it does is in actions.ts. */
type Command = {
  readonly options: readonly OptionName[];
  /** How many words may follow it. */
  readonly words: number;
};

const config = ['config', 'no-config'] as const;
const many = Number.POSITIVE_INFINITY;

/** Its names are known to the compiler, and each accepts what any may. */
function command(accepts: Command): Command {
  return accepts;
}

export const commands = {
  init: command({ options: ['file', 'from', 'from-kubeadm'], words: many }),
  schema: command({ options: config, words: 0 }),
  plan: command({
    options: ['file', ...config, 'output', 'json', 'connections', 'flags', 'html', 'format', 'node', 'authority-keys'],
    words: 0,
  }),
  generate: command({
    options: [
      'file',
      ...config,
      'output',
      'authority-keys',
      'dry-run',
      'discard-edits',
      'no-verify',
      'keep',
      'in-place',
      'json',
    ],
    words: 0,
  }),
  diff: command({ options: ['file', ...config, 'output', 'authority-keys', 'json'], words: 0 }),
  renew: command({
    options: [
      'file',
      ...config,
      'output',
      'authority-keys',
      'keep-keys',
      'same-key',
      'dry-run',
      'discard-edits',
      'no-verify',
      'keep',
      'in-place',
      'json',
    ],
    words: many,
  }),
  adopt: command({
    options: ['file', ...config, 'output', 'authority-keys', 'dry-run', 'no-verify', 'json'],
    words: many,
  }),
  verify: command({ options: [...config, 'output', 'authority-keys', 'all', 'json'], words: 1 }),
  report: command({ options: [...config, 'output', 'authority-keys', 'format', 'no-verify', 'all'], words: 1 }),
  status: command({
    options: ['output', 'fail-under', 'metrics', 'all', 'fingerprints', 'json'],
    words: many,
  }),
  lint: command({ options: ['profile', 'json'], words: many }),
  export: command({ options: ['format', 'output', 'authority-keys'], words: many }),
  install: command({
    options: ['node', 'output', 'authority-keys', 'root', 'dry-run', 'discard-edits', 'exec', 'json'],
    words: 1,
  }),
  log: command({ options: ['output', 'json'], words: 1 }),
  rollback: command({ options: ['output', 'in-place', 'discard-edits', 'json'], words: 1 }),
  completion: command({ options: [], words: 1 }),
};

export type CommandName = keyof typeof commands;

export function isCommand(word: string): word is CommandName {
  return Object.hasOwn(commands, word);
}
