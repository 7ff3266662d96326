import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { checkFiles, PkiError } from '@kubepki/core';
import { assemble, clusterFileSchema, readClusterFile, starterFile } from '@kubepki/presets';
import fc from 'fast-check';
import { type Row, result } from '../row.ts';
import { inspectOutput } from '../secrets.ts';

const slow = 2000;

/** Cluster files of every kind and of none, read and put together. */
export const fuzz: Row = {
  rows: [27],
  what: 'fuzzed cluster files',
  needs: [],
  async run({ all }) {
    const runs = all ? 10_000 : 1000;
    const wrong: string[] = [];
    const seen = { read: 0, refused: 0, slow: 0, lines: 0, problems: 0 };
    const writes = countWrites(() => {
      for (const text of fc.sample(files, { numRuns: runs, seed: 27 })) {
        const start = performance.now();
        try {
          read(text);
          seen.read += 1;
        } catch (error) {
          seen.refused += 1;
          const { bad, lines, problems } = judge(error);
          seen.lines += lines;
          seen.problems += problems;
          if (bad !== undefined) wrong.push(`${bad}: ${JSON.stringify(text.slice(0, 400))}`);
        }
        if (performance.now() - start > slow) seen.slow += 1;
      }
    });
    if (({} as Record<string, unknown>).polluted !== undefined) wrong.push('the prototype of every object was changed');
    if (seen.slow > 0) wrong.push(`${seen.slow} took more than ${slow / 1000} s`);
    if (writes > 0) wrong.push(`${writes} files or folders were written`);
    const placed = `${seen.lines} of ${seen.problems} problems with a line, the others with the field that is missing`;
    return [
      result(
        {
          row: 27,
          what: 'fuzzed cluster files: by a grammar, changed by bytes, and noise',
          target: 'a PkiError with file and place or a plan, 0 over 2 s, 0 writes',
          measured: `${wrong.length} wrong of ${runs} (${seen.read} read, ${seen.refused} refused, ${seen.slow} slow; ${placed})`,
        },
        { wrong, tried: Math.min(seen.read, seen.refused) },
      ),
    ];
  },
};

function read(text: string): void {
  const { file, facts } = readClusterFile(text, { fileName: 'fuzzed.yaml', schema: clusterFileSchema });
  const { plan, emitters, layout } = assemble(file, facts);
  checkFiles({ plan, emitters, layout });
}

/** What is wrong with how a file was refused. */
function judge(error: unknown): { readonly bad?: string; readonly lines: number; readonly problems: number } {
  if (!(error instanceof PkiError))
    return { bad: `thrown: ${error instanceof Error ? error.stack : error}`, lines: 0, problems: 0 };
  const { code, message, problems } = error;
  inspectOutput('a fuzzed cluster file', [message, ...problems.map((one) => JSON.stringify(one))].join('\n'));
  const lines = problems.filter(({ line }) => line !== undefined).length;
  const ofFile = code === 'YAML_INVALID' || code === 'CLUSTER_FILE_INVALID';
  const noName = ofFile && !message.includes('fuzzed.yaml');
  const noPlace = problems.length === 0 || problems.some(({ where }) => where === '');
  const bad = noName ? `no file is named: ${message}` : noPlace ? `no place is told: ${message}` : undefined;
  return { ...(bad === undefined ? {} : { bad }), lines, problems: problems.length };
}

// The grammar: fields that exist, with values that they may have and others.

const word = fc.constantFrom(
  'cp-1',
  'w-1',
  'etcd-1',
  '10.0.0.11',
  'fd00::1',
  'api.example.com:6443',
  'control-plane',
  'worker',
  'etcd',
  'single',
  'kubeadm',
  'ecdsa-p256',
  'rsa-2048',
  '1y',
  '30d',
  '10.96.0.0/12',
  'etcd/ca',
  'ca',
  'system:masters',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  'toString',
  '\u202e',
  'x'.repeat(300),
);
const scalar = fc.oneof(
  { weight: 6, arbitrary: word },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  { weight: 1, arbitrary: fc.oneof(fc.integer(), fc.double(), fc.boolean(), fc.constant(null)) },
);
const { any } = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small' },
    scalar,
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(word, tie('any'), { maxKeys: 3 }),
  ),
}));
const mostly = (value: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 8, arbitrary: value }, { weight: 1, arbitrary: any });
const name = fc.constantFrom('cp-1', 'cp-2', 'w-1', 'w-2', 'db-1');
const address = fc.oneof(
  fc.nat(250).map((last) => `10.0.0.${last + 1}`),
  fc.constantFrom('fd00::11', 'node.example.com'),
);
const node = fc.record(
  {
    name: mostly(name),
    roles: mostly(fc.subarray(['control-plane', 'worker', 'etcd'], { minLength: 1 })),
    addresses: mostly(fc.array(mostly(address), { minLength: 1, maxLength: 3 })),
  },
  { requiredKeys: ['name', 'addresses'] },
);
const toggles = [
  'etcd',
  'front-proxy',
  'service-account',
  'kube-proxy',
  'kubelet',
  'scheduler',
  'konnectivity',
  'admin',
];
const authorityNames = ['ca', 'etcd/ca', 'front-proxy-ca', 'etcd/client', 'cluster/server'];
const cluster = fc.record(
  {
    name: mostly(fc.constantFrom('prod', 'a', 'test-1')),
    nodes: mostly(fc.array(mostly(node), { minLength: 1, maxLength: 4 })),
    kubernetesVersion: mostly(fc.constantFrom('1.33', '1.28', '1.37', 1.3, 1.31)),
    controlPlaneEndpoint: mostly(fc.constantFrom('api.example.com', 'api.example.com:443', '10.0.0.100')),
    serviceSubnets: mostly(fc.constantFrom(['10.96.0.0/12'], ['10.96.0.0/12', 'fd00:1::/112'])),
    authorities: mostly(
      fc.oneof(fc.constantFrom('single', 'separate'), fc.dictionary(fc.constantFrom(...authorityNames), any)),
    ),
    profile: mostly(fc.constantFrom('strict', 'kubeadm')),
    keys: mostly(fc.constantFrom('ecdsa-p256', 'ecdsa-p384', 'rsa-2048', 'ed25519')),
    validity: mostly(fc.record({ leaves: mostly(fc.constantFrom('1y', '90d', '1h')) })),
    etcd: mostly(fc.constantFrom('nodes', { external: ['https://db.example.com:2379'] })),
    layout: mostly(fc.constantFrom('nodes', 'flat', { tree: 'flat' })),
    users: mostly(
      fc.array(fc.record({ name: mostly(fc.constantFrom('jane', 'joe')), groups: mostly(fc.constant(['dev'])) }), {
        maxLength: 2,
      }),
    ),
    components: mostly(fc.dictionary(fc.constantFrom(...toggles), mostly(fc.boolean()), { maxKeys: 3 })),
    certificates: mostly(fc.dictionary(fc.constantFrom('apiserver', 'apiserver@cp-1', 'admin'), any, { maxKeys: 2 })),
    emitters: mostly(fc.dictionary(fc.constantFrom('rbac', 'secrets', 'kubeconfig'), any, { maxKeys: 2 })),
  },
  { requiredKeys: ['nodes'] },
);
const written = fc.oneof(
  cluster.map((value) => JSON.stringify(value)),
  cluster.map((value) => lines(value, '').join('\n')),
  any.map((value) => JSON.stringify(value) ?? ''),
  fc.constant(starterFile),
);
const noise = fc.array(
  fc.tuple(
    fc.nat(),
    fc.nat(3),
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.constantFrom('\t', '\0', '- ', ': ', '&a ', '*a', '!!js ', '---\n', '{', ']', '"', '#', '\r', '\u0085'),
    ),
  ),
  { maxLength: 4 },
);
const files = fc.oneof(
  { weight: 3, arbitrary: written },
  { weight: 5, arbitrary: fc.tuple(written, noise).map(([text, changes]) => changes.reduce(changed, text)) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
);

function changed(text: string, [at, less, more]: [number, number, string]): string {
  const place = text.length === 0 ? 0 : at % text.length;
  return text.slice(0, place) + more + text.slice(place + less);
}

/** A value as the lines of YAML that people write. */
function lines(value: unknown, indent: string): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((one) => [`${indent}- ${JSON.stringify(one)}`]);
  if (typeof value !== 'object' || value === null) return [`${indent}${JSON.stringify(value)}`];
  return Object.entries(value).flatMap(([key, one]) =>
    typeof one === 'object' && one !== null && Object.keys(one).length > 0
      ? [`${indent}${key}:`, ...lines(one, `${indent}  `)]
      : [`${indent}${key}: ${JSON.stringify(one)}`],
  );
}

/** How many calls an action made that write to the disk. */
function countWrites(action: () => void): number {
  const names = [
    'openSync',
    'writeFileSync',
    'mkdirSync',
    'renameSync',
    'symlinkSync',
    'unlinkSync',
    'rmSync',
  ] as const;
  const real = Object.fromEntries(names.map((each) => [each, fs[each]]));
  let count = 0;
  for (const each of names) {
    const original = real[each] as (...args: unknown[]) => unknown;
    const counted = (...args: unknown[]) => {
      count += 1;
      return original(...args);
    };
    Object.assign(fs, { [each]: counted });
  }
  syncBuiltinESMExports();
  try {
    action();
  } finally {
    Object.assign(fs, real);
    syncBuiltinESMExports();
  }
  return count;
}
