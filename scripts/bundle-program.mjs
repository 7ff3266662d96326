// A step of the app's build: writes what the installed program begins with into apps/cli/dist/bundle, with the
// licences of what is in it (docs/decisions/0012-the-program-is-bundled.md).
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { app, licencesOf, options, packagesOf } from './bundling.mjs';

const folder = join(app, 'dist', 'bundle');

/** The program is a file of its own, so that nobody who asks for the version, or has a config, loads it. */
const apart = {
  name: 'apart',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.\/program\.ts$/ }, () => ({ path: './program.mjs', external: true })),
};

/** What lays out drawings is larger than the program, and wanted by few runs. */
const layoutApart = {
  name: 'layout-apart',
  setup: ({ onResolve }) => onResolve({ filter: /^elkjs\// }, () => ({ path: './elk.mjs', external: true })),
};

const [start, program, elk] = await Promise.all([
  bundle('bundled.ts', { plugins: [...options.plugins, apart] }),
  bundle('program.ts', { plugins: [...options.plugins, layoutApart] }),
  build({
    ...options,
    stdin: {
      contents: "export { default } from 'elkjs/lib/elk.bundled.js';",
      resolveDir: join(dirname(dirname(app)), 'packages', 'report'),
    },
    // It is the output of a compiler, which no stack trace makes readable.
    minify: true,
    outfile: join(folder, 'out.mjs'),
  }),
]);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'kubepki.mjs'), start.outputFiles[0].contents);
writeFileSync(join(folder, 'program.mjs'), program.outputFiles[0].contents);
writeFileSync(join(folder, 'elk.mjs'), elk.outputFiles[0].contents);
const inputs = { ...program.metafile.inputs, ...elk.metafile.inputs };
writeFileSync(join(folder, 'LICENSES.txt'), licencesOf(packagesOf({ inputs })));

function bundle(file, more = {}) {
  return build({ ...options, ...more, entryPoints: [join(app, 'src', file)], outfile: join(folder, 'out.mjs') });
}
