// A step of the app's build: writes what the installed program begins with into apps/cli/dist/bundle, with the
// licences of what is in it (docs/decisions/0012-the-program-is-bundled.md).
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { app, licencesOf, options, packagesOf } from './bundling.mjs';

const folder = join(app, 'dist', 'bundle');

/** The program is a file of its own, so that nobody who asks for the version, or has a config, loads it. */
const apart = {
  name: 'apart',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.\/program\.ts$/ }, () => ({ path: './program.mjs', external: true })),
};

const [start, program] = await Promise.all([
  bundle('bundled.ts', { plugins: [...options.plugins, apart] }),
  bundle('program.ts'),
]);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'kubepki.mjs'), start.outputFiles[0].contents);
writeFileSync(join(folder, 'program.mjs'), program.outputFiles[0].contents);
writeFileSync(join(folder, 'LICENSES.txt'), licencesOf(packagesOf(program.metafile)));

function bundle(file, more = {}) {
  return build({ ...options, ...more, entryPoints: [join(app, 'src', file)], outfile: join(folder, 'out.mjs') });
}
