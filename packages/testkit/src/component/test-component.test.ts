import { client, defineComponent, kubeletNodes, server } from '@kubepki/core';
import test from 'ava';
import { z } from 'zod';
import { failuresOf, recorder } from '../testing/recorder.ts';
import { testComponent } from './test-component.ts';

/** A good component, the likes of which a third party writes. */
const metrics = defineComponent({
  name: 'metrics',
  options: z.strictObject({
    port: z.int().default(4443),
    hosts: z.array(z.string()).default([]),
    scrapes: z.boolean().default(false),
  }),
  *plan(cluster, { port, hosts, scrapes }) {
    const dns = ['metrics.kube-system.svc', `metrics.kube-system.svc.${cluster.dnsDomain}`, ...hosts];
    yield server({ name: 'metrics', issuer: 'cluster/server', commonName: 'metrics', sans: { dns, ips: [] }, port });
    if (!scrapes) return;
    for (const { name: node } of kubeletNodes(cluster)) {
      yield client({
        name: 'metrics/scraper',
        node,
        issuer: 'cluster/client',
        commonName: 'metrics-scraper',
        connects: [{ to: 'kubelet/server', at: 'local' }],
      });
    }
  },
});
const options = [{ scrapes: true }, { port: 443, hosts: ['metrics.example.com'] }];

testComponent(test, metrics, { options });

test('titles are sentences, and a name of its own lets a suite run twice', (t) => {
  const { test: record, titles } = recorder();
  testComponent(record, metrics, { name: 'metrics once more' });
  t.true(titles().length > 15);
  t.true(titles().every((title) => title.startsWith('metrics once more ')));
});

test('a good component fails no rule', async (t) => {
  t.deepEqual(await failuresOf('component metrics', (record) => testComponent(record, metrics, { options })), {});
});
