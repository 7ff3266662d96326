// `npm run bundle`: writes the program as one file into dist/bundle, or into a folder that is given, with its
// checksum, the licences of what is in it, and a bill of materials. The same sources give the same bytes.
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { billOfMaterials } from './bill-of-materials.mjs';
import { app, licencesOf, options, packagesOf } from './bundling.mjs';
import { install, root } from './install.mjs';
import { callerFolder } from './source.mjs';

await install();
const { build } = await import('esbuild');

const given = process.argv[2];
const folder = given === undefined ? join(root, 'dist', 'bundle') : resolve(callerFolder(), given);

const { outputFiles, metafile } = await build({
  ...options,
  entryPoints: [join(app, 'src', 'main.ts')],
  outfile: join(folder, 'kubepki.mjs'),
});

const packages = packagesOf(metafile);
const code = outputFiles[0].contents;
const sha256 = createHash('sha256').update(code).digest('hex');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const write = (name, content, mode = 0o644) => writeFileSync(join(folder, name), content, { mode });
write('kubepki.mjs', code, 0o755);
write('kubepki.mjs.sha256', `${sha256}  kubepki.mjs\n`);
write('kubepki.mjs.cdx.json', `${JSON.stringify(billOfMaterials({ app: 'kubepki', packages, sha256 }), null, 2)}\n`);
write('LICENSES.txt', licencesOf(packages));
console.log(`${join(folder, 'kubepki.mjs')}: ${(code.length / 1024).toFixed(0)} KiB, sha256 ${sha256}`);
