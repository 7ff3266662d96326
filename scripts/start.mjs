// `npm start`: installs, then runs kubepki from its sources; with no arguments it makes the example cluster's PKI.
import { join } from 'node:path';
import { install, root } from './install.mjs';
import { callerFolder, runSource } from './source.mjs';

const given = process.argv.slice(2);
const example = ['generate', '-f', join(root, 'examples', 'cluster.yaml'), '-o', join(callerFolder(), 'pki')];

await install();
const args = given.length > 0 ? given : example;
process.exitCode = await runSource('apps/cli/src/main.ts', args, { KUBEPKI_VIA_NPM: '1' });
