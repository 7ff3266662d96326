import { planFiles } from '@kubepki/core';
import type { LoadedCluster } from '../cluster.ts';
import { filesById } from '../files-by-id.ts';
import type { Format } from './format.ts';

/** Draws what a cluster file means, before anything is made. Its warnings are findings. */
export async function drawPlan(
  cluster: LoadedCluster,
  { format, now }: { readonly format: Format; readonly now: Date },
): Promise<string> {
  const { draw } = await import('./draw.ts');
  const { plan, warnings } = cluster;
  const findings = warnings.map(({ where, message, hint }) => ({
    source: 'plan' as const,
    severity: 'warning' as const,
    where,
    message,
    hint,
  }));
  return draw({ plan, now, findings, files: filesById([...planFiles(cluster)]) }, format);
}
