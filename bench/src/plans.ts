// Plans a cluster some times, and prints the seconds that were computed for each, as JSON: the first with code that is still cold.
import { assemble, clusterFileSchema, readClusterFile } from '@kubepki/presets';
import { clusterFile } from './clusters.ts';
import { computed } from './computed.ts';

const workers = Number(process.argv[2]);
const text = clusterFile({ controlPlanes: 3, workers, keys: 'ecdsa-p256' });
const { file, facts } = readClusterFile(text, { schema: clusterFileSchema });
const seconds: number[] = [];
for (let run = 0; run < 5; run++) seconds.push(await computed(() => assemble(file, facts)));
process.stdout.write(JSON.stringify(seconds));
