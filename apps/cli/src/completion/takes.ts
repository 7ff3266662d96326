import type { CommandName } from '../commands.ts';
import type { OptionName, options } from '../options.ts';

/** What can stand in a place: a path, one of some words, or what nobody can know beforehand. */
export type Takes = 'file' | 'folder' | 'text' | readonly string[];

/** The options that have a value. */
type Valued = { [Name in OptionName]: (typeof options)[Name]['type'] extends 'string' ? Name : never }[OptionName];

/** What each option with a value takes. */
export const optionTakes: Readonly<Record<Valued, Takes>> = {
  file: 'file',
  config: 'file',
  output: 'folder',
  'authority-keys': 'folder',
  // Of a picture, and of a node's files.
  format: ['html', 'svg', 'mermaid', 'dot', 'tar', 'cloud-init', 'ignition'],
  node: 'text',
  'in-place': 'folder',
  keep: ['all'],
  root: 'folder',
  profile: ['strict', 'kubeadm'],
  'fail-under': ['12h', '7d', '30d', '90d', '1y'],
  metrics: 'file',
  from: 'file',
  'from-kubeadm': 'file',
};

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** What the words behind each command are. */
export const wordTakes: Readonly<Record<CommandName, Takes | undefined>> = {
  init: 'file',
  schema: undefined,
  plan: undefined,
  generate: undefined,
  diff: undefined,
  renew: 'text',
  adopt: 'file',
  verify: 'folder',
  report: 'folder',
  status: 'file',
  lint: 'file',
  export: 'folder',
  install: 'folder',
  log: 'folder',
  rollback: 'text',
  completion: shells,
};

export function takesOf(name: OptionName): Takes | undefined {
  return (optionTakes as Partial<Record<OptionName, Takes>>)[name];
}
