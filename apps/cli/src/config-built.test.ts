import test from 'ava';
import { one } from './testing/program.ts';
import { project } from './testing/project.ts';

// Here the program runs as people have it, without the tsx of this workspace.
const config = (types: string) => `
import { defineConfig } from '@kubepki/presets';
import type { Policy } from '@kubepki/core';

${types}
const keep: Policy = (plan) => plan;
export default defineConfig({ cluster: ${JSON.stringify(one)}, policies: [keep] });
`;
const strips = Boolean((process.features as { readonly typescript?: unknown }).typescript);
const first = /^config kubepki\.config\.m?[tj]s: cluster in code; 1 policy\n/;

test('A config in JavaScript is loaded by Node itself', async (t) => {
  const own = project(t, { tsx: false });
  own.write(
    'kubepki.config.mjs',
    config('')
      .replace(/import type.*\n/, '')
      .replace(': Policy', ''),
  );
  const { stdout, stderr } = await own.kubepki(['plan']);
  t.regex(stdout, first, stderr);
  t.is(stderr, '');
});

test('A config in TypeScript is loaded by Node where that can, else the error says what to install or rename', async (t) => {
  const own = project(t, { tsx: false });
  own.write('kubepki.config.ts', config(''));
  const { status, stdout, stderr } = await own.kubepki(['plan']);
  if (strips) {
    t.regex(stdout, first, stderr);
    t.is(stderr, '');
    return;
  }
  t.is(status, 65);
  t.regex(
    stderr,
    /^error: kubepki\.config\.ts: it is TypeScript, which Node \S+ does not load\nhint: use Node 22\.18 or later; or npm install --save-dev tsx; or rename it to kubepki\.config\.mjs/,
  );
  t.is(stdout, '');
});

for (const [what, types] of [
  ['plain types', ''],
  ['an enum, which Node does not take', 'enum Tier { Gold }\nTier.Gold satisfies number;'],
] as const) {
  test(`A config in TypeScript with ${what} is loaded by tsx where that is installed`, async (t) => {
    const own = project(t);
    own.write('kubepki.config.mts', config(types));
    const { stdout, stderr } = await own.kubepki(['plan']);
    t.regex(stdout, first, stderr);
    t.is(stderr, '');
  });
}

test('What Node cannot strip and nobody else can load is told with its line', async (t) => {
  const own = project(t, { tsx: false });
  own.write('kubepki.config.mts', config('enum Tier { Gold }'));
  const { status, stderr } = await own.kubepki(['plan']);
  t.is(status, 65);
  if (strips)
    t.regex(
      stderr,
      /^error: kubepki\.config\.mts:5: .*enum.*\nhint: write it without, or npm install --save-dev tsx\n$/,
    );
  else t.regex(stderr, /^error: kubepki\.config\.mts: it is TypeScript/);
});

test('A config that Node takes for CommonJS is told what makes it a module', async (t) => {
  const own = project(t, { tsx: false });
  own.write('package.json', { type: 'commonjs' });
  own.write('kubepki.config.js', 'export default {};');
  const { status, stderr } = await own.kubepki(['plan']);
  t.is(status, 65);
  t.regex(
    stderr,
    /^error: kubepki\.config\.js:1: .*\nhint: its package\.json makes it CommonJS: rename it to kubepki\.config\.mjs, or set "type": "module" there$/m,
  );
});

test('A config that tsx makes CommonJS of is read all the same', async (t) => {
  const own = project(t);
  own.write('package.json', {});
  own.write('kubepki.config.ts', config('enum Tier { Gold }'));
  const { stdout, stderr } = await own.kubepki(['plan']);
  t.regex(stdout, first, stderr);
});
