// A step of the app's build: writes the manual page into apps/cli/dist/man, by the code that was built before.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from './bundling.mjs';

const { manualPage } = await import(pathToFileURL(join(app, 'dist', 'manual', 'page.js')).href);
const { version } = JSON.parse(readFileSync(join(app, 'package.json'), 'utf8'));
const folder = join(app, 'dist', 'man');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'kubepki.1'), manualPage(version));
