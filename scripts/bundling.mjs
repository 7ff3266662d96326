// What the two bundles of the program have in common: how esbuild makes them, and what is in them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const app = join(root, 'apps', 'cli');
const { version } = readJson(join(app, 'package.json'));

/** zod has its messages in fifty languages, half of its code; the program's own are English. */
const englishOnly = {
  name: 'english-only',
  setup: ({ onLoad }) =>
    onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
    })),
};

/**
 * For esbuild: the program from its sources. The same sources give the same bytes. It is not minified, which would
 * save no time and cost the names in a stack trace.
 */
export const options = {
  absWorkingDir: root,
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
  plugins: [englishOnly],
};

/** The packages of which code is in a bundle, by name: the manifest and the folder of each. */
export function packagesOf({ inputs }) {
  const found = new Map();
  for (const file of Object.keys(inputs)) {
    let at = dirname(join(root, file));
    while (!existsSync(join(at, 'package.json')) || readJson(join(at, 'package.json')).name === undefined)
      at = dirname(at);
    const manifest = readJson(join(at, 'package.json'));
    found.set(manifest.name, { manifest, folder: at });
  }
  return [...found.values()].sort((a, b) => (a.manifest.name < b.manifest.name ? -1 : 1));
}

/** Every licence once, under the names of what it is for. */
export function licencesOf(packages) {
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
