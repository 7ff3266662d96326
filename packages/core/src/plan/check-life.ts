import type { Finding } from './finding.ts';
import type { Plan } from './plan.ts';
import type { AuthoritySpec, LeafSpec } from './spec.ts';
import { authorityOf } from './uses.ts';

/** Without a clock: what is made in the next decades and lives this long ends in the year 9999, the last of X.509. */
const longest = 7900 * 365 * 86_400;

/** A life lies within that of its authority, ends before time does, and is not over when it begins. */
export function* checkLife(plan: Plan, spec: AuthoritySpec | LeafSpec): Generator<Finding> {
  if (spec.kind === 'authority' && spec.given) return;
  const { validity } = spec;
  const authority = authorityOf(plan, spec);
  if (authority !== undefined && !authority.given && validity > authority.validity) {
    yield {
      message: `its life of ${days(validity)} is longer than the ${days(authority.validity)} of its authority ${authority.name}`,
      hint: 'shorten validity.leaves or lengthen validity.authorities',
    };
  }
  if (validity > longest) {
    yield {
      message: `its life of ${days(validity)} passes the year 9999, the last that a certificate can hold`,
      hint: 'shorten it; `validity` counts seconds',
    };
  }
  // kubeadm's lives count from now.
  if (plan.profile === 'strict' && validity <= plan.backdate) {
    yield {
      message: `its life of ${days(validity)} is over when it begins, ${days(plan.backdate)} before it is made`,
      hint: 'let it live longer than validity.backdate; `validity` counts seconds',
    };
  }
}

function days(seconds: number): string {
  const count = seconds / 86_400;
  return count >= 1 ? `${Number(count.toFixed(1))} days` : `${seconds} s`;
}
