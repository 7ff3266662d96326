import { cpSync, mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { prepared } from './prepared.ts';
import { serve } from './registry.ts';
import { run } from './run.ts';
import { root } from './workspace.ts';

/** What `npm create kubepki` is asked for here, and the folder that it makes of that. */
export const creations = [
  { kind: 'component', name: 'image-proxy', folder: 'kubepki-component-image-proxy' },
  { kind: 'emitter', name: 'haproxy', folder: 'kubepki-emitter-haproxy' },
  { kind: 'generator', name: 'lab-pki', folder: 'lab-pki' },
] as const;

export type Strangers = {
  /** Holds all the projects, and the packages that they have in common. */
  readonly folder: string;
  /** What was printed when a project was created, by its folder. */
  readonly printed: Readonly<Record<string, string>>;
};

/** Projects of other people, outside of this repository, that were installed at once, from the tarballs. */
export async function strangers(): Promise<Strangers> {
  const { tarballs, project } = prepared();
  const folder = realpathSync(mkdtempSync(join(dirname(project), 'strangers-')));
  const examples = ['kubepki-component-metrics-server', 'custom-generator'];
  for (const name of examples) {
    const filter = (path: string) => !['node_modules', 'dist', 'out'].includes(basename(path));
    cpSync(join(root, 'examples', name), join(folder, name), { recursive: true, filter });
  }
  const scaffolder = await unpack(tarballs['create-kubepki'] ?? '', join(folder, '.create-kubepki'));
  const printed: Record<string, string> = {};
  for (const { kind, name, folder: made } of creations) {
    const main = join(scaffolder, 'dist', 'main.js');
    printed[made] = (await run(process.execPath, [main, kind, name], { cwd: folder })).stdout;
  }
  const workspaces = [...examples, ...creations.map((one) => one.folder)];
  const dependencies = { kubepki: `file:${tarballs.kubepki}` };
  const manifest = { name: 'strangers', private: true, type: 'module', workspaces, dependencies };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  const registry = await serve(tarballs);
  // As a file, so that the commands which the scaffolder prints work as they are.
  writeFileSync(join(folder, '.npmrc'), `@kubepki:registry=${registry.url}\naudit=false\nfund=false\n`);
  await run('npm', ['install', '--prefer-offline'], { cwd: folder, timeout: 170_000 }).finally(registry.close);
  return { folder, printed };
}

/** Unpacks a package's tarball as a folder. */
export async function unpack(tarball: string, folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  await run('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
  return folder;
}

/** The code blocks of a readme in a language. */
export function blocks(markdown: string, language: string): readonly string[] {
  return [...markdown.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, code = '']) => code,
  );
}
