import type { Json } from '@kubepki/core';
import { type Draft, fieldNames } from './draft.ts';

/** A draft as the text of a cluster file, with a comment above each field that needs one. */
export function textOfDraft({ from, nodes, nodesWhy, fields }: Draft): string {
  const lines = [
    `# The cluster that ${from.replace(/\p{C}/gu, '?')} tells of. Look it over, above all what is guessed; what is not here is the default`,
    '# (`kubepki init -` shows all fields).',
  ];
  for (const name of fieldNames) {
    if (name === 'nodes') {
      lines.push('', ...comment(nodesWhy), 'nodes:');
      for (const node of nodes) {
        lines.push(`  - name: ${plain(node.name)}`, `    roles: ${flow(node.roles)}`);
        if (node.addresses.length > 0) lines.push(`    addresses: ${flow(node.addresses)}`);
      }
      continue;
    }
    const its = fields[name];
    if (its === undefined) continue;
    lines.push('', ...comment(its.why), ...block(name, its.value));
  }
  return `${lines.join('\n')}\n`;
}

/** Lines of 100 characters at most. */
function comment(why: string | undefined): readonly string[] {
  if (why === undefined) return [];
  const lines: string[] = [];
  for (const word of why.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= 100) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`# ${word}`);
  }
  return lines;
}

/** A map of maps in lines, anything else in one. */
function block(name: string, value: Json): readonly string[] {
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  const inner = isMap ? Object.entries(value) : [];
  if (!inner.some(([, one]) => typeof one === 'object')) return [`${name}: ${flow(value)}`];
  return [`${name}:`, ...inner.map(([key, one]) => `  ${plain(key)}: ${flow(one as Json)}`)];
}

function flow(value: Json): string {
  if (typeof value === 'string') return plain(value);
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map((one: Json) => flow(one)).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, one]) => `${plain(key)}: ${flow(one as Json)}`)
    .join(', ')}}`;
}

/** What no reader of YAML takes for anything but a text stays bare. */
function plain(text: string): string {
  const bare = /^[a-z][a-z0-9./@-]*(:\d+)?$/i.test(text) || /^\d+\.\d+\.\d+\.\d+([:/]\d+)?$/.test(text);
  const word = /^(true|false|null|yes|no|on|off|y|n)$/i.test(text);
  return (bare && !word) || /^\d+[smhdy]$/.test(text) ? text : JSON.stringify(text);
}
