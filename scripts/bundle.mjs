// `npm run bundle`: writes the program as one file into dist/bundle, or into a folder that is given, with its
// checksum, the licences of what is in it, and a bill of materials. The same sources give the same bytes.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { billOfMaterials } from './bill-of-materials.mjs';
import { install, root } from './install.mjs';
import { callerFolder } from './source.mjs';

await install();
const { build } = await import('esbuild');

const app = join(root, 'apps', 'cli');
const { version } = readJson(join(app, 'package.json'));
const given = process.argv[2];
const folder = given === undefined ? join(root, 'dist', 'bundle') : resolve(callerFolder(), given);

const { outputFiles, metafile } = await build({
  absWorkingDir: root,
  entryPoints: [join(app, 'src', 'main.ts')],
  outfile: join(folder, 'kubepki.mjs'),
  bundle: true,
  write: false,
  metafile: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  conditions: ['source'],
  define: { KUBEPKI_VERSION: JSON.stringify(version) },
  // Some packages from elsewhere are CommonJS and ask for parts of Node by `require`.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
  },
  legalComments: 'none',
  logLevel: 'warning',
});

const packages = packagesOf(Object.keys(metafile.inputs));
const code = outputFiles[0].contents;
const sha256 = createHash('sha256').update(code).digest('hex');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const write = (name, content, mode = 0o644) => writeFileSync(join(folder, name), content, { mode });
write('kubepki.mjs', code, 0o755);
write('kubepki.mjs.sha256', `${sha256}  kubepki.mjs\n`);
write('kubepki.mjs.cdx.json', `${JSON.stringify(billOfMaterials({ app: 'kubepki', packages, sha256 }), null, 2)}\n`);
write('LICENSES.txt', licences());
console.log(`${join(folder, 'kubepki.mjs')}: ${(code.length / 1024).toFixed(0)} KiB, sha256 ${sha256}`);

/** The packages that files belong to, by name. */
function packagesOf(files) {
  const found = new Map();
  for (const file of files) {
    let at = dirname(join(root, file));
    while (!existsSync(join(at, 'package.json')) || readJson(join(at, 'package.json')).name === undefined)
      at = dirname(at);
    const manifest = readJson(join(at, 'package.json'));
    found.set(manifest.name, { manifest, folder: at });
  }
  return [...found.values()].sort((a, b) => (a.manifest.name < b.manifest.name ? -1 : 1));
}

/** Every licence once, under the names of what it is for. */
function licences() {
  const texts = new Map();
  for (const { manifest, folder: at } of packages) {
    const file = readdirSync(at).find((name) => /^licen[cs]e/i.test(name));
    const text = readFileSync(file === undefined ? join(root, 'LICENSE') : join(at, file), 'utf8').trim();
    if (file === undefined && !at.startsWith(join(root, 'packages')) && at !== app) {
      throw new Error(`${manifest.name} has no file with its licence`);
    }
    texts.set(text, [...(texts.get(text) ?? []), `${manifest.name} ${manifest.version} (${manifest.license})`]);
  }
  const line = '-'.repeat(80);
  return [...texts].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`).join(`\n${line}\n\n`);
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
