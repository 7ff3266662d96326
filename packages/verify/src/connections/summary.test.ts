import test from 'ava';
import { type Attempt, connectionTable, marks, type Result, type State, summarize } from './index.ts';

function attempt(client: string, server: string, more: Partial<Attempt> = {}): Attempt {
  return { client, server, probe: false, state: 'needed', why: '', expected: { as: 'anonymous' }, ...more };
}

const planned = (client: string, server: string, state: State): Result => ({
  attempt: attempt(client, server, { state }),
  outcome: 'planned',
  observed: { as: 'anonymous' },
});
const wrong = (client: string, server: string, message: string): Result => ({
  attempt: attempt(client, server),
  outcome: 'wrong',
  problem: { where: client, message },
});

const results: readonly Result[] = [
  planned('admin', 'apiserver@cp-1', 'needed'),
  planned('admin', 'etcd/server@cp-1', 'refused'),
  planned('kubelet/client@cp-1', 'apiserver@cp-1', 'needed'),
  planned('kubelet/client@cp-1', 'apiserver@cp-2', 'possible'),
  planned('kubelet/client@cp-1', 'etcd/server@cp-1', 'refused'),
  planned('kubelet/client@cp-1', 'etcd/server@cp-2', 'possible'),
  wrong('scheduler@cp-1', 'apiserver@cp-1', 'its certificate is over'),
  wrong('scheduler@cp-1', 'apiserver@cp-2', 'its certificate is over'),
  wrong('scheduler@cp-2', 'apiserver@cp-2', 'its certificate is over'),
  {
    attempt: attempt('scheduler@cp-1', 'etcd/server@cp-1'),
    outcome: 'untried',
    problem: { where: 'etcd/server@cp-1', message: 'its key is not there' },
  },
  {
    attempt: attempt('scheduler@cp-2', 'etcd/server@cp-1'),
    outcome: 'elsewhere',
    problem: { where: 'etcd/server@cp-1', message: 'its certificate is not of this plan' },
  },
  {
    attempt: attempt('no certificate', 'apiserver@cp-1', { probe: true, state: 'possible' }),
    outcome: 'planned',
    observed: { as: 'anonymous' },
  },
];

test('attempts are counted by what they were to be, and those that were otherwise apart', async (t) => {
  const { counts } = await summarize(results);
  t.deepEqual(counts, { needed: 2, possible: 3, refused: 2, wrong: 3, untried: 1, elsewhere: 1 });
});

test('a fault is told once for each certificate, with how often it showed', async (t) => {
  const summary = await summarize(results);
  t.deepEqual(summary.wrong, [
    { where: 'scheduler@cp-1', message: 'its certificate is over', attempts: 2 },
    { where: 'scheduler@cp-2', message: 'its certificate is over', attempts: 1 },
  ]);
  t.deepEqual(summary.untried, [{ where: 'etcd/server@cp-1', message: 'its key is not there', attempts: 1 }]);
});

test('the table has a line for a name and the most that it can, or what is wrong', async (t) => {
  t.deepEqual(connectionTable(await summarize(results)), [
    '               a b',
    'admin          ✓ ·',
    'kubelet/client ✓ ○',
    'scheduler      ✗ -',
    'no certificate ○',
    'a apiserver',
    'b etcd/server',
  ]);
});

test('every cell has a mark of its own', (t) => {
  t.is(new Set(Object.values(marks)).size, Object.keys(marks).length);
});

test('of more servers than the alphabet has letters each has letters of its own', (t) => {
  const servers = Array.from({ length: 30 }, (_, index) => `server-${index}`);
  const lines = connectionTable({ servers, rows: [] });
  t.is(lines[1], ' a server-0');
  t.is(lines.at(-1), 'ad server-29');
  t.is(new Set(lines.map((line) => line.slice(0, 2))).size, servers.length + 1);
});

test('nothing tried is an empty table', async (t) => {
  t.deepEqual(connectionTable(await summarize([])), ['']);
});
