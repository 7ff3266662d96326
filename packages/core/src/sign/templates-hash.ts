import { createHash } from 'node:crypto';
import type { Plan } from '../plan/plan.ts';
import { template } from './template.ts';

/** SHA-256 over the templates of all certificates of a plan: what it asks of them, as this version understands it. */
export function templatesHash(plan: Plan): string {
  const sum = createHash('sha256');
  for (const spec of plan.specs) {
    if (spec.kind === 'leaf' || spec.kind === 'authority') sum.update(`${JSON.stringify(template(spec, plan))}\n`);
  }
  return sum.digest('hex');
}
