import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { desk } from '../desk.ts';
import { kubepki } from '../program.ts';
import { type Row, result } from '../row.ts';

const node = 'nodes: [{name: cp-1, addresses: [10.0.0.11]}]\n';
const mebibyte = 2 ** 20;
const levels = 'abcdefghi'.split('');
const bomb = levels.map(
  (key, at) => `${key}: &${key} [${at === 0 ? 'x' : `*${levels[at - 1]}`}${`,*${levels[at - 1] ?? 'a'}`.repeat(8)}]`,
);

/** Texts that a parser of YAML may choke on, or that say more than they seem to. */
const texts: Readonly<Record<string, string>> = {
  'an alias': `${node}name: &a prod\ndnsDomain: *a\n`,
  'an anchor that refers to itself': `${node}users: &a [*a]\n`,
  'a bomb of aliases': bomb.join('\n'),
  'a bomb of merges': `a: &a {x: 1}\n${'b: {<<: [*a, *a, *a, *a]}\n'.repeat(1000)}`,
  'a tag of JavaScript': `${node}name: !!js/function "function () { process.exit(7) }"\n`,
  'a tag of binary data': `${node}name: !!binary aGVsbG8=\n`,
  'a tag of its own': `${node}name: !secret x\n`,
  '20,000 brackets': `${node}users: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`,
  '20,000 braces': `${node}users: ${'{a: '.repeat(20_000)}\n`,
  '20,000 levels of lines': Array.from({ length: 1400 }, (_, at) => `${' '.repeat(at)}a:`).join('\n'),
  '20,000 entries in each other': `${'- '.repeat(20_000)}x\n`,
  'several documents': `${node}---\n${node}`,
  'a directive': `%YAML 1.1\n---\n${node}`,
  'a key twice': `${node}name: a\nname: b\n`,
  'a key twice, deep down': 'nodes: [{name: cp-1, name: cp-2, addresses: [10.0.0.11]}]\n',
  __proto__: `${node}__proto__: {polluted: true}\n`,
  '__proto__ in a component': `${node}components: {__proto__: {polluted: true}}\n`,
  'constructor.prototype': `${node}constructor: {prototype: {polluted: true}}\n`,
  'a merge of __proto__': `${node}<<: {__proto__: {polluted: true}}\n`,
  'a NUL': `${node}name: a\0b\n`,
  'a control character': `${node}name: "a\u0007b"\n`,
  'a key that is a map': `${node}? {a: b}\n: c\n`,
  '10 MB of a comment': `${node}# ${'x'.repeat(10 * mebibyte)}\n`,
  '10 MB of one text': `${node}name: "${'x'.repeat(10 * mebibyte)}"\n`,
  '1 MB of slips': `${'}'.repeat(mebibyte - 100)}\n`,
  '20,000 unknown fields': `${node}${Array.from({ length: 20_000 }, (_, at) => `field${at}: 1\n`).join('')}`,
};

/** What is to be refused, in a process of its own, whose memory is measured. */
export const hostileYaml: Row = {
  rows: [28],
  what: 'hostile YAML',
  needs: ['Linux'],
  async run({ all }) {
    const on = desk();
    const names = Object.keys(texts);
    for (const [index, text] of Object.values(texts).entries()) on.write(`${index}.yaml`, text);
    const reader = fileURLToPath(new URL('../reader.ts', import.meta.url));
    const flags = ['--import', import.meta.resolve('tsx'), '--conditions=source', reader];
    const files = names.map((_, index) => on.path(`${index}.yaml`));
    const { stdout, stderr } = spawnSync(process.execPath, [...flags, ...files], {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    });
    const wrong: string[] = stderr === '' ? [] : [stderr];
    const { read, megabytes } = JSON.parse(stdout) as Read;
    let slowest = 0;
    for (const [index, { refused, milliseconds, polluted }] of read.entries()) {
      slowest = Math.max(slowest, milliseconds);
      if (refused !== true) wrong.push(`${names[index]}: ${refused === false ? 'it was read' : refused}`);
      if (milliseconds > 1000) wrong.push(`${names[index]}: ${milliseconds} ms`);
      if (polluted) wrong.push(`${names[index]}: a prototype was changed`);
    }
    if (megabytes > 200) wrong.push(`${megabytes} MB of memory`);
    for (const [index] of all ? names.entries() : []) {
      const ran = await kubepki(['generate', '-f', on.path(`${index}.yaml`), '-o', on.tree], { cwd: on.folder });
      if (ran.code !== 65) wrong.push(`${names[index]}: exit ${ran.code}: ${ran.stderr.slice(0, 300)}`);
    }
    return [
      result(
        {
          row: 28,
          what: 'hostile YAML: aliases, bombs, tags, depth, documents, keys twice, prototypes, NUL, 10 MB',
          target: 'all refused, each within 1 s of CPU, together in 200 MB, prototypes clean',
          measured: `${read.filter(({ refused }) => refused === true).length} of ${names.length} (the slowest ${slowest} ms, ${megabytes} MB)`,
        },
        { wrong, tried: read.length },
      ),
    ];
  },
};

/** What the reader says of each text, and the most memory that it had. */
export type Read = {
  readonly read: readonly {
    /** Whether it was, or what else happened. */
    readonly refused: boolean | string;
    readonly milliseconds: number;
    readonly polluted: boolean;
  }[];
  readonly megabytes: number;
};
