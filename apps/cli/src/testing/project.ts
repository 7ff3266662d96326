import { mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExecutionContext } from 'ava';
import { type Desk, desk, temporary } from './program.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

/** A desk that has packages installed, as a project with a config has. */
export function project(t: ExecutionContext, { tsx = true }: { readonly tsx?: boolean } = {}): Desk {
  // The packages lie around the desk, so that a look at it does not go through them.
  const around = temporary(t);
  const install = (name: string, folder: string) => {
    const path = join(around, 'node_modules', name);
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(realpathSync(folder), path);
  };
  install('@kubepki/core', join(root, 'packages/core'));
  install('@kubepki/presets', join(root, 'packages/presets'));
  install('zod', join(root, 'packages/core/node_modules/zod'));
  if (tsx) install('tsx', dirname(createRequire(import.meta.url).resolve('tsx/package.json')));
  mkdirSync(join(around, 'desk'));
  const own = desk(t, join(around, 'desk'));
  own.write('package.json', { type: 'module' });
  return own;
}

/** A third party's component: a server that answers at an address of its own, and its options. */
export const registry = `
import { defineComponent, server } from '@kubepki/core';
import { z } from 'zod';

export const registry = defineComponent({
  name: 'registry',
  options: z.strictObject({ host: z.string().default('registry.example.internal').describe('Its DNS name.') }),
  *plan(_cluster, { host }) {
    yield server({ name: 'registry', issuer: 'cluster/server', commonName: 'registry', sans: { dns: [host], ips: [] } });
  },
});
`;

/** A third party's emitter: the ids of a part, in a file for the cluster. */
export const listing = `
import { defineEmitter } from '@kubepki/core';
import { z } from 'zod';

export const listing = defineEmitter({
  name: 'listing',
  options: z.strictObject({ path: z.string().default('listing.txt').describe('Its file.') }),
  emitter: ({ path }) => ({
    *files({ node, specs }) {
      if (node !== undefined) return;
      yield { path, mode: 0o644, secret: false, holds: [], content: specs.map(({ id }) => id) };
    },
    render: ({ content }) => content.join('\\n'),
  }),
});
`;
