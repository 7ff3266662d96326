import type { Problem } from '../error.ts';
import type { Spec } from './spec.ts';

/** What a rule says of a spec, and what to do. Where that stands and whose it is are the spec's own. */
export type Finding = { readonly message: string; readonly hint: string };

/** A finding as a problem, which names the component that yielded the spec. */
export function problemOf({ id, component }: Pick<Spec, 'id' | 'component'>, { message, hint }: Finding): Problem {
  return { where: id, message: `component ${component}: ${message}`, hint };
}
