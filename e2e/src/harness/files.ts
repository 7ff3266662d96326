import { join } from 'node:path';
import type { Boot, Host } from './types.ts';

/** Where a file that a node's process reads lies on this machine. */
export function fileOf(boot: Boot, host: Host, file: string): string {
  return join(host.root ?? boot.folder ?? '/', file);
}
