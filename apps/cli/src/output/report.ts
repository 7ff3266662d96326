import type { Out } from './out.ts';

export function printReport(text: string, out: Out): void {
  out.print(text);
}
