// A config of someone who uses another's plugins; it is only type-checked.
import { defineConfig } from '@kubepki/presets';
import { apiService, metricsServer } from 'kubepki-component-metrics-server';

export default defineConfig({
  cluster: {
    nodes: [{ name: 'cp-1', addresses: ['10.0.0.11'] }],
    components: { 'metrics-server': { namespace: 'monitoring' } },
    emitters: { 'metrics-server-apiservice': { priority: 200 } },
  },
  components: [metricsServer],
  emitters: [apiService],
});
defineConfig({
  // @ts-expect-error an option of another type
  cluster: { nodes: [], components: { 'metrics-server': { port: '443' } } },
  components: [metricsServer],
});
