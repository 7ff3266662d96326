import type { Out } from './out.ts';

export function printCompletion(script: string, out: Out): void {
  out.print(script.trimEnd());
}
