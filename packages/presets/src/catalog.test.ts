import { defineComponent, defineEmitter } from '@kubepki/core';
import test from 'ava';
import { z } from 'zod';
import { clusterFile, clusterFileSchema, components, emitterOptions, emitters, readClusterFile } from './index.ts';

const registry = defineComponent({
  name: 'registry',
  options: z.strictObject({ host: z.string().default('registry.example.internal') }),
  *plan() {},
});
const listing = defineEmitter({
  name: 'listing',
  options: z.strictObject({ path: z.string().default('listing') }),
  emitter: () => ({ *files() {}, render: () => '' }),
});
const node = 'nodes: [{name: cp-1, addresses: [10.0.0.11]}]\n';

test('a cluster file’s plugins are known by their names, with the options of each', (t) => {
  const text = `${node}components: {apiserver: {port: 7443}}\nemitters: {secrets: {stream: true}}`;
  const { file } = readClusterFile(text, { schema: clusterFileSchema });
  const { apiserver, scheduler } = file.components;
  t.is(typeof apiserver === 'object' && apiserver.port, 7443);
  t.is(typeof file.emitters.secrets === 'object' && file.emitters.secrets.stream, true);
  // @ts-expect-error the scheduler has no port
  t.falsy(typeof scheduler === 'object' && scheduler.port);
  // @ts-expect-error there is no such component
  t.is(file.components.api, undefined);
  // @ts-expect-error users are a field of the file
  t.is(file.components.users, undefined);
  // @ts-expect-error there is no such emitter
  t.is(file.emitters.listing, undefined);
});

test('the plugins that a generator adds are known in its cluster file as well', (t) => {
  const schema = clusterFile({
    components: [...components, registry],
    emitters: emitterOptions([...emitters, listing]),
  });
  const text = `${node}components: {registry: {host: images.example}}\nemitters: {listing: {path: a}, rbac: false}`;
  const { file } = readClusterFile(text, { schema });
  t.is(typeof file.components.registry === 'object' && file.components.registry.host, 'images.example');
  t.is(typeof file.emitters.listing === 'object' && file.emitters.listing.path, 'a');
  t.is(file.emitters.rbac, false);
  // @ts-expect-error it has no port
  t.falsy(typeof file.components.registry === 'object' && file.components.registry.port);
});

test('the options of emitters are given by the emitters’ names', (t) => {
  const options = emitterOptions(emitters);
  t.deepEqual(
    Object.keys(options),
    emitters.map(({ emitter }) => emitter),
  );
  t.is(options.secrets, emitters[3].options);
});
