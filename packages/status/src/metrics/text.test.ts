import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import { readStatus } from '../status.ts';
import { readMetrics } from '../testing/prometheus.ts';
import { generateAt, temporary, two } from '../testing/tree.ts';
import { watched } from '../testing/watched.ts';
import { metricsText } from './text.ts';

const name = 'kubepki_certificate_expiration_timestamp_seconds';
const ends = new Date('2027-02-03T04:05:06Z');

test('A certificate is a series with the second of its end, and what is unknown is empty', (t) => {
  const certificates = [
    watched({ id: 'x@a', node: 'a', issuer: 'ca', ends }),
    watched({ id: 'y', node: undefined, issuer: undefined, ends }),
  ];
  const problems = [{ where: 'f', message: 'm' }];
  t.deepEqual(readMetrics(metricsText({ certificates, problems })), [
    { name, labels: { id: 'x@a', node: 'a', issuer: 'ca' }, value: Date.parse('2027-02-03T04:05:06Z') / 1000 },
    { name, labels: { id: 'y', node: '', issuer: '' }, value: ends.getTime() / 1000 },
    { name: 'kubepki_status_unreadable', labels: {}, value: 1 },
  ]);
});

test('What a process renews itself is left out', (t) => {
  const certificates = [watched({ id: 'x', renews: 'itself' }), watched({ id: 'y' })];
  const samples = readMetrics(metricsText({ certificates, problems: [] })).filter((sample) => sample.name === name);
  t.deepEqual(
    samples.map(({ labels }) => labels.id),
    ['y'],
  );
});

test('No series is there twice, and of two that are alike the first end is told', (t) => {
  const later = new Date(ends.getTime() + 1000);
  const certificates = [watched({ ends: later }), watched({ ends }), watched({ ends: later })];
  const samples = readMetrics(metricsText({ certificates, problems: [] }));
  t.is(samples.length, 2);
  t.is(samples[0]?.value, ends.getTime() / 1000);
});

test('Whatever a label is comes back as it was', (t) => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('\\n', '"', '\n', '\\"', 'a\\', '\r\u2028'),
  );
  fc.assert(
    fc.property(text, text, text, (id, node, issuer) => {
      const [sample] = readMetrics(metricsText({ certificates: [watched({ id, node, issuer })], problems: [] }));
      t.deepEqual(sample?.labels, { id, node, issuer });
    }),
  );
});

test('Half a character, which no file can hold, makes no series twice', (t) => {
  const certificates = ['a\ud800', 'a\udfff', 'a\ufffd'].map((id) => watched({ id }));
  const text = metricsText({ certificates, problems: [] });
  t.is(Buffer.from(text).toString(), text);
  t.is(readMetrics(text).length, 2);
});

test('promtool finds nothing wrong in the metrics of a tree', async (t) => {
  const folder = join(temporary(t), 'pki');
  await generateAt(folder, two);
  const text = metricsText(await readStatus({ paths: [folder], now: new Date() }));
  t.true(readMetrics(text).length > 15);
  const { error, status, stdout, stderr } = spawnSync('promtool', ['check', 'metrics'], {
    input: text,
    encoding: 'utf8',
  });
  if (error !== undefined) t.log('promtool is not there, so it was not asked');
  else t.deepEqual([status, stdout + stderr], [0, '']);
});
