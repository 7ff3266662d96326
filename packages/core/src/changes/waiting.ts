import type { Plan } from '../plan/plan.ts';
import { authorityOf } from '../plan/uses.ts';
import { keyMissing } from '../sign/key-missing.ts';
import type { Change } from './changes.ts';

/** Collects what waits for authorities whose keys are not at hand, and refuses it all at once. */
export function keyWatch(plan: Plan): { see(change: Change): void; refuse(): void } {
  const keyless = new Set<string>();
  const given = new Set<string>();
  const waiting = new Map<string, string[]>();
  return {
    see({ spec, kept }) {
      if (spec.kind === 'authority' && kept !== undefined && kept.key === undefined) keyless.add(spec.name);
      if (spec.kind === 'authority' && spec.given) given.add(spec.name);
      if (kept !== undefined || spec.kind === 'keypair') return;
      const authority = authorityOf(plan, spec)?.name;
      if (authority === undefined || !keyless.has(authority)) return;
      waiting.set(authority, [...(waiting.get(authority) ?? []), spec.id]);
    },
    refuse() {
      if (waiting.size === 0) return;
      const problems = [...waiting].map(([authority, ids]) => ({
        where: authority,
        message: `these wait for its key: ${listed(ids)}`,
        ...(given.has(authority) ? { hint: 'somebody else made it: say in the cluster file where its key is' } : {}),
      }));
      throw keyMissing([...waiting.keys()], problems);
    },
  };
}

function listed(ids: readonly string[]): string {
  const most = 20;
  return ids.length <= most ? ids.join(', ') : `${ids.slice(0, most).join(', ')} and ${ids.length - most} more`;
}
