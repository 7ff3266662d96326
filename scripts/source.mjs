// Runs a program of this workspace from its sources, with no build.
import { join } from 'node:path';
import { run } from './child.mjs';
import { root } from './install.mjs';

/** Runs `main` (a path from the root) as the person who typed the command would: in their folder, at their terminal. */
export function runSource(main, args, env = {}) {
  const tsx = import.meta.resolve('tsx');
  return run(process.execPath, ['--import', tsx, '--conditions=source', join(root, main), ...args], {
    cwd: callerFolder(),
    // Without this tsx would read a tsconfig.json that happens to lie in the caller's folder.
    env: { ...process.env, TSX_TSCONFIG_PATH: join(root, 'tsconfig.base.json'), ...env },
    stdio: 'inherit',
  });
}

/** npm changes to the root before it runs a script and says in INIT_CWD where it was called. */
export function callerFolder() {
  return process.env.INIT_CWD || process.cwd();
}
