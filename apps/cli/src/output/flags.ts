import type { Process } from '@kubepki/core';
import type { Planned } from '../commands/plan.ts';
import { quote } from '../shell.ts';
import type { Out } from './out.ts';
import { listed } from './words.ts';

type Flags = Planned & { readonly kind: 'flags' };

export function flagsJson({ processes }: Flags) {
  return { processes: processes.map(({ node, process, flags, settings }) => ({ node, process, flags, settings })) };
}

/** Flags to paste and settings as fields of a configuration file; processes that are told the same are one. */
export function flagsText({ processes, inTree }: Flags, out: Out): string {
  const groups = new Map<string, { readonly first: Process; readonly nodes: string[] }>();
  for (const process of processes) {
    const key = JSON.stringify([process.process, process.flags, process.settings]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { first: process, nodes: [process.node] });
    else group.nodes.push(process.node);
  }
  const note = inTree ? ['# paths count from the folder `current` of the output folder', ''] : [];
  const blocks = [...groups.values()].map(({ first, nodes }) => [
    out.style('bold', `# ${first.process} on ${listed(nodes)}`),
    ...Object.entries(first.flags).map(([flag, value]) => `${flag}=${quote(value)}`),
    ...settingsLines(first),
    '',
  ]);
  return [...note, ...blocks.flat()].join('\n').trimEnd();
}

function settingsLines({ settings, process }: Process): readonly string[] {
  const entries = Object.entries(settings);
  if (entries.length === 0) return [];
  const tree: Tree = {};
  for (const [name, value] of entries) put(tree, name.split('.'), value);
  return [`# in the configuration file of ${process}:`, ...yaml(tree, '')];
}

type Tree = { [name: string]: Tree | string };

function put(tree: Tree, [name = '', ...rest]: readonly string[], value: string): void {
  if (rest.length === 0) {
    tree[name] = value;
    return;
  }
  const below = tree[name];
  const next = typeof below === 'object' ? below : {};
  tree[name] = next;
  put(next, rest, value);
}

function yaml(tree: Tree, indent: string): readonly string[] {
  return Object.entries(tree).flatMap(([name, value]) => {
    if (typeof value === 'object') return [`${indent}${name}:`, ...yaml(value, `${indent}  `)];
    return [`${indent}${name}: ${/^(true|false)$/.test(value) ? value : JSON.stringify(value)}`];
  });
}
