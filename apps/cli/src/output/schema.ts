import type { Out } from './out.ts';

export function printSchema(schema: Readonly<Record<string, unknown>>, out: Out): void {
  out.print(JSON.stringify(schema, null, 2));
}
